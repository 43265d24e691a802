import { type Change, defaultSidebar, type Sidebar, sidebar as shape } from '#contract/shapes.ts';
import type { Vault } from '../vault/vault.ts';

interface Parts {
  vault: Vault;
  publish(change: Change): void;
}

/** Where it lies in the vault: what a filter is called may name a customer. */
const record = ['sidebar', 'form', { accountId: '', vendor: '', origin: '' }] as const;

/** How the person has arranged the window's list of accounts. Changing it needs an open vault. */
export function createSidebar({ vault, publish }: Parts) {
  let held = defaultSidebar;

  vault.whenOpen(() => {
    const [id, field, binding] = record;
    try {
      const text = vault.open(id, field, binding);
      held = text === null ? defaultSidebar : shape.parse({ ...defaultSidebar, ...JSON.parse(text) });
    } catch {
      // One that can't be read costs an arrangement, never an account.
      held = defaultSidebar;
    }
  });

  return {
    view: (): Sidebar => held,
    change(patch: Partial<Sidebar>): void {
      const next = { ...held, ...patch };
      const [id, field, binding] = record;
      vault.seal(id, field, JSON.stringify(next), binding);
      held = next;
      publish({ entity: 'sidebar', value: next });
    },
  };
}
