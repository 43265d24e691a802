import type { Input } from '#contract/channels.ts';
import type { BenchServer } from './practice.ts';

/** One person of each vendor who signs in without a prompt, or by a scan (nextAuth). */
const labels: Record<string, string> = {
  enhance: 'Nora Lindholm',
  cyclos: 'Left Coast: Administrator',
  nextauth: 'Front door: Desk key',
  koyeb: 'Maya Castell',
};

/** What to add as the `number`th account of this vendor. */
export function accountOf(server: BenchServer, number: number): Input<'accounts.add'> {
  const person = server.people.find(({ label }) => label === labels[server.vendor]);
  if (!person) throw new Error(`No practice person of ${server.vendor} is called ${labels[server.vendor]}.`);
  const { values, realm = null } = person.account;
  return {
    vendor: server.vendor,
    label: `${person.label} ${number}`,
    values,
    realm,
    tags: [],
    colour: 'teal',
  };
}
