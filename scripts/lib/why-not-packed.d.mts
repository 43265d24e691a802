export function whyNotPacked(said: string): string | null;
