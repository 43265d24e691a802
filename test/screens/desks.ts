import type { Result } from '#contract/failure.ts';
import type { Prompt, Snapshot } from '#contract/shapes.ts';
import { appSnapshot, receipt, sampleAnswers, shifts } from '../renderer/fixture/app-sample.ts';
import type { Answers } from '../renderer/fixture/fake-bridge.ts';
import { answersFor, empty as emptyDesk } from '../renderer/fixture/sample.ts';
import { desk } from '../renderer/live/live-desk.ts';
import * as asks from '../renderer/prompts/sample-prompts.ts';

/** The four desks that every place is drawn on. */
export type State = 'empty' | 'full' | 'waiting' | 'failing';

const kinds = [asks.pin, asks.scan, asks.password, asks.keyboard, asks.agreements, asks.choice];

/** 200 accounts and 60 sessions, with shifts, a receipt, and where it waits a prompt of each kind. */
function big(waiting: boolean): Snapshot {
  const made = desk(200, 60, waiting);
  return {
    ...made,
    vendors: appSnapshot.vendors,
    shifts: shifts.map((shift) => ({
      ...shift,
      members: shift.members.map((member, at) => ({ ...member, accountId: made.accounts[at]!.id })),
    })),
    receipts: [receipt],
    prompts: made.prompts.map((prompt, at): Prompt => ({ ...prompt, ask: kinds[at % kinds.length]! })),
  };
}

export const snapshots: Record<State, () => Snapshot> = {
  empty: () => ({ ...emptyDesk, vendors: appSnapshot.vendors }),
  full: () => big(false),
  waiting: () => big(true),
  failing: () => ({ ...big(false), appInfo: { ...emptyDesk.appInfo, online: false } }),
};

const broken: Result<never> = {
  ok: false,
  failure: {
    kind: 'network',
    message: 'panel.example could not be reached: the connection was refused.',
    advice: 'Check that the server is up, and this computer’s network.',
  },
};

/** What the bridge answers on a desk: nothing yet where it waits, a failure where it fails. `ready` names what is answered all the same. */
export function answersOn(state: State, ready: readonly string[] = []): Answers {
  const snapshot = snapshots[state]();
  const given = {
    ...answersFor(snapshot),
    ...sampleAnswers(snapshot, { rows: state === 'empty' ? 0 : 100_011 }),
  };
  if (state === 'empty' || state === 'full') return given;
  const late = state === 'waiting' ? 'never' : broken;
  return Object.fromEntries(
    Object.entries(given).map(([channel, answer]) => [
      channel,
      channel === 'state.snapshot' || ready.includes(channel) ? answer : late,
    ]),
  );
}
