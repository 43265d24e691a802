import type { Account, Prompt, Session, Snapshot } from '#contract/shapes.ts';
import type { App } from './process.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { World } from './world.ts';

/** What the test remembers beyond the app's life. */
export interface Memory {
  /** Accounts that the app has confirmed, by id; removed ones are taken off before the app is asked. */
  accounts: Map<string, string>;
  /** Rows that were shown as possibly alive and then dismissed by the person. */
  dismissed: Set<string>;
}

interface Scene {
  app: App;
  world: World;
  memory: Memory;
  random: SeededRandom;
  snapshot: Snapshot;
}

type Action = (scene: Scene) => Promise<unknown>;

/** What a person does, one at a time, with how often. */
const actions: [number, Action][] = [
  [16, signIn],
  [16, answer],
  [4, approve],
  [
    5,
    (scene) =>
      withSession(scene, 'active', ({ id }) => scene.app.call('sessions.signOut', { sessionId: id })),
  ],
  [
    2,
    (scene) =>
      withSession(scene, 'waiting', ({ id }) => scene.app.call('sessions.signOut', { sessionId: id })),
  ],
  [
    2,
    (scene) =>
      withSession(scene, 'signing-in', ({ id }) => scene.app.call('sessions.signOut', { sessionId: id })),
  ],
  [
    2,
    (scene) => withSession(scene, 'active', ({ id }) => scene.app.call('sessions.check', { sessionId: id })),
  ],
  [
    2,
    (scene) =>
      withSession(scene, 'ending', ({ id }) => scene.app.call('sessions.tryEndingNow', { sessionId: id })),
  ],
  [4, switchRealm],
  [2, sendAgain],
  [2, push],
  [2, startAgain],
  [1, endOthers],
  [
    1,
    (scene) => withSession(scene, 'active', ({ id }) => scene.app.call('sessions.endAll', { sessionId: id })),
  ],
  [1, startShift],
  [1, endTogether],
  [1, tryOut],
  [1, addAccount],
  [1, removeAccount],
  [1, dismiss],
];

/** Does one thing at random; what can't be done now is not done. Resolves when the app has answered or died. */
export async function act(scene: Omit<Scene, 'snapshot'>): Promise<void> {
  const total = actions.reduce((sum, [weight]) => sum + weight, 0);
  let left = scene.random.next() * total;
  const [, action] = actions.find(([weight]) => {
    left -= weight;
    return left < 0;
  })!;
  const snapshot = await scene.app.call('state.snapshot', undefined);
  if (snapshot?.ok) await action({ ...scene, snapshot: snapshot.value });
}

async function signIn({ app, snapshot, random }: Scene) {
  if (snapshot.accounts.length > 0)
    await app.call('sessions.signIn', {
      accountId: random.pick(snapshot.accounts).id,
      again: true,
    });
}

async function withPrompt(
  { snapshot, random }: Scene,
  fits: (prompt: Prompt) => boolean,
  work: (prompt: Prompt, account: Account) => Promise<unknown>,
) {
  const open = snapshot.prompts.filter(fits);
  const prompt = open.length > 0 ? random.pick(open) : null;
  const account = snapshot.accounts.find((one) => one.id === prompt?.accountId);
  if (prompt && account) await work(prompt, account);
}

async function withSession(
  { snapshot, random }: Scene,
  state: string,
  work: (session: Session) => Promise<unknown>,
) {
  const found = snapshot.sessions.filter((session) => session.state === state);
  if (found.length > 0) await work(random.pick(found));
}

async function answer(scene: Scene) {
  const { app, world, random } = scene;
  const wrong = random.chance(0.2);
  await withPrompt(
    scene,
    (prompt) => prompt.state === 'open',
    async ({ id, ask }, account) => {
      const give = (values: Record<string, string>) => app.call('prompts.answer', { promptId: id, values });
      if (ask.kind === 'scan') await approve(scene);
      else if (ask.kind === 'code')
        await give({ code: wrong ? '000000' : world.code(account, ask.medium) || '000000' });
      // Three wrong ones block this person for good.
      else if (ask.kind === 'password') await give({ password: '4711' });
      else if (ask.kind === 'choice') await give({ choice: random.pick(ask.options).id });
    },
  );
}

/** Scans a code that is on the screen, and says yes, no, or nothing on the phone. */
async function approve(scene: Scene) {
  const { world, random } = scene;
  const yes = random.chance(0.8);
  const decided = random.chance(0.9);
  await withPrompt(
    scene,
    (prompt) => prompt.ask.kind === 'scan' && prompt.state === 'open',
    async ({ ask, realm }, account) => {
      const device = await world.device(account, realm?.name ?? '');
      if (ask.kind !== 'scan' || !device) return;
      const scan = { payload: ask.payload, accountId: device.id };
      const scanned = await world.phone<{ approvalId?: string }>(device.origin, 'scan', scan);
      if (!scanned?.approvalId || !decided) return;
      await world.phone(device.origin, `approvals/${scanned.approvalId}/${yes ? 'approve' : 'refuse'}`, {});
    },
  );
}

async function push(scene: Scene) {
  const { app, world } = scene;
  await withPrompt(
    scene,
    (prompt) => prompt.ask.kind === 'scan' && prompt.state === 'open',
    async ({ id, realm }, account) => {
      const device = await world.device(account, realm?.name ?? '');
      if (!device) return;
      await app.call('prompts.push', { promptId: id, target: `account:${device.id}` });
      interface Waiting {
        approvals: { id: string; accountId: number; kind: string }[];
      }
      const phone = await world.phone<Waiting>(device.origin, 'state');
      const asked = phone?.approvals.findLast((one) => one.accountId === device.id && one.kind === 'push');
      if (!asked) return;
      await world.phone(device.origin, `approvals/${asked.id}/approve`, {});
    },
  );
}

async function sendAgain(scene: Scene) {
  await withPrompt(
    scene,
    (prompt) => prompt.ask.kind === 'code' && prompt.ask.canSendAgain,
    ({ id }) => scene.app.call('prompts.sendAgain', { promptId: id }),
  );
}

async function startAgain(scene: Scene) {
  await withPrompt(
    scene,
    (prompt) => prompt.state === 'refused',
    ({ id }) => scene.app.call('prompts.startAgain', { promptId: id }),
  );
}

async function switchRealm(scene: Scene) {
  const { app, random } = scene;
  const how = random.pick(['move', 'beside'] as const);
  const which = random.next();
  await withSession(scene, 'active', async ({ id }) => {
    const realms = await app.call('sessions.memberships', { sessionId: id });
    const other = realms?.ok ? realms.value.filter((one) => !one.here) : [];
    const chosen = other[Math.floor(which * other.length)];
    if (chosen)
      await app.call('sessions.switchRealm', {
        sessionId: id,
        realm: chosen.realm,
        how,
        again: true,
      });
  });
}

async function endOthers(scene: Scene) {
  const { app, snapshot, random } = scene;
  const able = new Set(
    snapshot.vendors.filter((one) => one.abilities.includes('remote-sessions')).map((one) => one.id),
  );
  const found = snapshot.sessions.filter((session) => session.state === 'active' && able.has(session.vendor));
  if (found.length > 0) await app.call('sessions.endOthers', { sessionId: random.pick(found).id });
}

async function startShift({ app, snapshot, random }: Scene) {
  const members = snapshot.accounts
    .filter(() => random.chance(0.3))
    .map(({ id }) => ({ accountId: id, realm: null }));
  if (members.length > 0) await app.call('shifts.start', { members });
}

async function endTogether({ app, snapshot, random }: Scene) {
  const open = snapshot.sessions.filter((one) => ['active', 'waiting', 'signing-in'].includes(one.state));
  const sessionIds = open.filter(() => random.chance(0.5)).map(({ id }) => id);
  const ended = await app.call('sessions.endTogether', { title: 'Some', sessionIds });
  if (ended?.ok && ended.value.receiptId) await app.call('receipts.close', { id: ended.value.receiptId });
}

async function tryOut({ app, world, random }: Scene) {
  await app.call('accounts.test', { account: random.pick(world.actors).input });
}

async function addAccount({ app, world, memory, random }: Scene) {
  const added = await app.call('accounts.add', random.pick(world.actors).input);
  if (added?.ok) memory.accounts.set(added.value.id, added.value.label);
}

async function removeAccount({ app, snapshot, memory, random }: Scene) {
  // Enough stay to work with.
  if (snapshot.accounts.length <= 14) return;
  const { id } = random.pick(snapshot.accounts);
  memory.accounts.delete(id);
  await app.call('accounts.remove', { id });
}

async function dismiss({ app, snapshot, memory, random }: Scene) {
  const over = snapshot.sessions.filter(({ state }) => ['failed', 'ended', 'expired'].includes(state));
  if (over.length === 0) return;
  const { id, endedHow } = random.pick(over);
  if (endedHow === 'possibly-alive') memory.dismissed.add(id);
  await app.call('sessions.dismiss', { sessionId: id });
}
