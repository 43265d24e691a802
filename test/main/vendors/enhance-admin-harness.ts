import { randomUUID } from 'node:crypto';
import type { DirectoryQuery } from '#contract/admin.ts';
import type { Realm } from '#contract/shapes.ts';
import { createNetwork } from '#http/client.ts';
import { enhance } from '../../../main/vendors/enhance/index.ts';
import type { Json } from '../../../main/vendors/vendor.ts';
import { Inbox } from '../../../practice/common/inbox.ts';
import { makeIds } from '../../../practice/common/seed.ts';
import { startEnhance } from '../../../practice/enhance/index.ts';
import { activeOf, lastSeen, personOf, visitTo } from './practice-context.ts';

/** A panel with people, and sessions in it as the admin desk would hold them. */
export async function openDesk(options: { logins?: number } = {}) {
  const inbox = new Inbox();
  const clock = { now: () => Date.now(), advance: () => {} };
  const server = await startEnhance({ ids: makeIds('admin', randomUUID()), clock, inbox, ...options });
  const network = createNetwork();

  const visitAs = (who: string, values: Record<string, string> = {}, realm: Realm | null = null) => {
    const { account } = personOf(server, who);
    return visitTo({
      network,
      values: { ...account.values, ...values },
      realm: realm ?? account.realm ?? null,
    });
  };

  /** Signs in; every call then goes over a door of its own, as in the real desk. */
  async function signIn(who: string, values: Record<string, string> = {}, wanted: Realm | null = null) {
    const first = visitAs(who, values, wanted);
    const { realm, ...grant } = activeOf(await enhance.begin(first, null, {}));
    const session = { secret: grant.secret };
    const context = () => ({ ...visitAs(who, values), realm });
    return {
      context,
      session,
      sources: () => enhance.people!.sources(context(), session.secret),
      organisations: (search: string) => enhance.people!.organisations!(context(), session.secret, search),
      page: (query: DirectoryQuery, offset = 0, limit = 100) =>
        enhance.people!.page(context(), session.secret, query, { offset, limit }),
      person: (id: string) => enhance.people!.person(context(), session.secret, id),
      act: (action: string, target: string | null, values: Record<string, string> = {}) =>
        enhance.people!.act(context(), session.secret, { action, target, values, image: null }),
      whyNot: (email: string) => enhance.whyNot!(context(), session.secret, email),
      ownLogin: () => enhance.ownLogin!.page(context(), session.secret),
      async own(action: string, given: Record<string, string> = {}, image: Uint8Array | null = null) {
        const input = { action, target: given.target ?? null, values: given, image };
        const done = await enhance.ownLogin!.act(context(), session.secret, input);
        if (done.secret !== undefined) session.secret = JSON.parse(JSON.stringify(done.secret)) as Json;
        return done;
      },
    };
  }

  return {
    server,
    inbox,
    visitAs,
    signIn,
    person: (who: string) => personOf(server, who),
    seen: (operation: string) => server.log().filter((one) => one.operation === operation),
    lastSeen: (operation: string) => lastSeen(server, operation),
    async close() {
      network.close();
      await server.close();
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;
export type Agent = Awaited<ReturnType<Desk['signIn']>>;

/** The directory's row of an e-mail address. */
export async function rowOf(agent: Agent, email: string, query: DirectoryQuery = { source: 'all' }) {
  const { rows } = await agent.page(query, 0, 500);
  const row = rows.find(({ cells }) => cells.email === email);
  if (!row) throw new Error(`The directory has no ${email}.`);
  return row;
}
