import type { Prompt } from '#contract/shapes.ts';
import type { BenchServer } from './practice.ts';

/** Scans these prompts' codes with a practice phone and approves them, one after the other. */
export async function approveScans(server: BenchServer, prompts: Prompt[]): Promise<void> {
  const { devices } = await phone<{ devices: { id: number; server: string; blocked: boolean }[] }>(
    server,
    'state',
  );
  for (const { ask, realm } of prompts) {
    const device = devices.find((one) => one.server === realm?.name && !one.blocked);
    if (ask.kind !== 'scan' || !device) throw new Error(`No practice phone for ${realm?.name}.`);
    const scan = { payload: ask.payload, accountId: device.id };
    const { approvalId } = await phone<{ approvalId?: string }>(server, 'scan', scan);
    if (approvalId) await phone(server, `approvals/${approvalId}/approve`, {});
  }
}

async function phone<T>(server: BenchServer, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${server.origin}/phone/${path}`, {
    ...(body
      ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The practice phone said ${answer.status} to ${path}: ${text}`);
  return (text ? JSON.parse(text) : {}) as T;
}
