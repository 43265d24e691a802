/** Everything that crossed the bridge, kept only under test so that a test can search it for secrets. */
const kept: string[] | null = process.env.GATEHOUSE_E2E === '1' ? [] : null;

export function noteTraffic(direction: 'to page' | 'from page', text: string): void {
  kept?.push(`${direction} ${text}`);
}

export function traffic(): string[] {
  return kept ?? [];
}
