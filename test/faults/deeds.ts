import type { Account, Prompt, Session, Snapshot } from '#contract/shapes.ts';
import type { Dice } from './dice.ts';
import type { App } from './process.ts';
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
  dice: Dice;
  desk: Snapshot;
}

type Deed = (scene: Scene) => Promise<unknown>;

/** What a person does at the desk, one at a time, with how often. */
const deeds: [number, Deed][] = [
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
export async function doSomething(scene: Omit<Scene, 'desk'>): Promise<void> {
  const total = deeds.reduce((sum, [weight]) => sum + weight, 0);
  let left = scene.dice.next() * total;
  const [, deed] = deeds.find(([weight]) => {
    left -= weight;
    return left < 0;
  })!;
  const desk = await scene.app.call('state.snapshot', undefined);
  if (desk?.ok) await deed({ ...scene, desk: desk.value });
}

async function signIn({ app, desk, dice }: Scene) {
  if (desk.accounts.length > 0) await app.call('sessions.signIn', { accountId: dice.pick(desk.accounts).id });
}

async function withPrompt(
  { desk, dice }: Scene,
  fits: (prompt: Prompt) => boolean,
  work: (prompt: Prompt, account: Account) => Promise<unknown>,
) {
  const open = desk.prompts.filter(fits);
  const prompt = open.length > 0 ? dice.pick(open) : null;
  const account = desk.accounts.find((one) => one.id === prompt?.accountId);
  if (prompt && account) await work(prompt, account);
}

async function withSession(
  { desk, dice }: Scene,
  state: string,
  work: (session: Session) => Promise<unknown>,
) {
  const found = desk.sessions.filter((session) => session.state === state);
  if (found.length > 0) await work(dice.pick(found));
}

async function answer(scene: Scene) {
  const { app, world, dice } = scene;
  const wrong = dice.chance(0.2);
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
      else if (ask.kind === 'choice') await give({ choice: dice.pick(ask.options).id });
    },
  );
}

/** Scans a code that is on the screen, and says yes, no, or nothing on the phone. */
async function approve(scene: Scene) {
  const { world, dice } = scene;
  const yes = dice.chance(0.8);
  const decided = dice.chance(0.9);
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
      type Waiting = { approvals: { id: string; accountId: number; kind: string }[] };
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
  const { app, dice } = scene;
  const how = dice.pick(['move', 'beside'] as const);
  const which = dice.next();
  await withSession(scene, 'active', async ({ id }) => {
    const realms = await app.call('sessions.memberships', { sessionId: id });
    const other = realms?.ok ? realms.value.filter((one) => !one.here) : [];
    const chosen = other[Math.floor(which * other.length)];
    if (chosen) await app.call('sessions.switchRealm', { sessionId: id, realm: chosen.realm, how });
  });
}

async function endOthers(scene: Scene) {
  const { app, desk, dice } = scene;
  const able = new Set(
    desk.vendors.filter((one) => one.abilities.includes('remote-sessions')).map((one) => one.id),
  );
  const found = desk.sessions.filter((session) => session.state === 'active' && able.has(session.vendor));
  if (found.length > 0) await app.call('sessions.endOthers', { sessionId: dice.pick(found).id });
}

async function startShift({ app, desk, dice }: Scene) {
  const members = desk.accounts
    .filter(() => dice.chance(0.3))
    .map(({ id }) => ({ accountId: id, realm: null }));
  if (members.length > 0) await app.call('shifts.start', { members });
}

async function endTogether({ app, desk, dice }: Scene) {
  const open = desk.sessions.filter((one) => ['active', 'waiting', 'signing-in'].includes(one.state));
  const sessionIds = open.filter(() => dice.chance(0.5)).map(({ id }) => id);
  const ended = await app.call('sessions.endTogether', { title: 'Some', sessionIds });
  if (ended?.ok && ended.value.receiptId) await app.call('receipts.close', { id: ended.value.receiptId });
}

async function tryOut({ app, world, dice }: Scene) {
  await app.call('accounts.test', { account: dice.pick(world.actors).input });
}

async function addAccount({ app, world, memory, dice }: Scene) {
  const added = await app.call('accounts.add', dice.pick(world.actors).input);
  if (added?.ok) memory.accounts.set(added.value.id, added.value.label);
}

async function removeAccount({ app, desk, memory, dice }: Scene) {
  // Enough stay to work with.
  if (desk.accounts.length <= 14) return;
  const { id } = dice.pick(desk.accounts);
  memory.accounts.delete(id);
  await app.call('accounts.remove', { id });
}

async function dismiss({ app, desk, memory, dice }: Scene) {
  const over = desk.sessions.filter(({ state }) => ['failed', 'ended', 'expired'].includes(state));
  if (over.length === 0) return;
  const { id, endedHow } = dice.pick(over);
  if (endedHow === 'possibly-alive') memory.dismissed.add(id);
  await app.call('sessions.dismiss', { sessionId: id });
}
