import { PassThrough } from 'node:stream';
import type { PracticeClock } from '../common/clock.ts';

export const eventKinds = [
  'accountStatus',
  'deviceConfirmation',
  'deviceConfirmationFeedback',
  'identityProviderCallback',
  'loggedOut',
  'newMessage',
  'newNotification',
  'paymentAuthorization',
  'permissionsChanged',
  'ticket',
] as const;
export type EventKind = (typeof eventKinds)[number];

interface Event {
  kind: EventKind;
  /** What a subscription can ask for: a confirmation's or an identity provider's request id. */
  about: string;
  data: Record<string, unknown>;
  at: number;
}

interface Subscription {
  kinds: EventKind[];
  about: string[];
  stream: PassThrough | null;
  missed: Event[];
}

/** How long what a client missed is kept for it, ms. */
const KEPT = 3 * 60_000;

/** The event streams of one server. */
export interface Push {
  /** Opens the stream of a client; what it missed since its last stream ended comes first. */
  subscribe(client: string, kinds: EventKind[], about: string[]): PassThrough;
  send(kind: EventKind, about: string, data: Record<string, unknown>): void;
}

export function openPush(clock: PracticeClock): Push {
  const subscriptions = new Map<string, Subscription>();
  let count = 0;

  const write = (stream: PassThrough, { kind, data }: Event) => {
    count += 1;
    stream.write(`id: ${count}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  return {
    subscribe(client, kinds, about) {
      const missed = subscriptions.get(client)?.missed ?? [];
      const stream = new PassThrough();
      const subscription: Subscription = { kinds, about, stream, missed: [] };
      subscriptions.set(client, subscription);
      stream.once('close', () => {
        subscription.stream = null;
      });
      stream.write(': open\n\n');
      for (const event of missed) if (event.at > clock.now() - KEPT) write(stream, event);
      return stream;
    },
    send(kind, about, data) {
      const event: Event = { kind, about, data, at: clock.now() };
      for (const subscription of subscriptions.values()) {
        if (!subscription.kinds.includes(kind)) continue;
        if (subscription.about.length > 0 && !subscription.about.includes(about)) continue;
        if (subscription.stream) write(subscription.stream, event);
        else subscription.missed.push(event);
      }
    },
  };
}
