import type { Channel } from '#contract/channels.ts';
import type { Result } from '#contract/failure.ts';

/** What crosses the channel between the test and the app's process. */
export type ToApp = { open: string; ahead: number } | { id: number; channel: Channel; input: unknown };
export type FromApp =
  | { loaded: true }
  | { opened: true }
  | { id: number; result: Result<unknown> }
  /** Something that the app itself did not expect; the run fails with it. */
  | { bug: string };
