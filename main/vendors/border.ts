import { z } from 'zod';
import * as admin from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import * as shape from '#contract/shapes.ts';
import { mayReach } from '#http/base-url.ts';
import { plainId, plainText } from '#http/redact.ts';
import { validMoment } from '#lib/valid-moment.ts';
import type { ActionResult, HandOver } from './admin.ts';
import { longest, shown, shownFailure } from './kit/displayable.ts';
import { mostRows } from './kit/schema.ts';
import type { Check, Grant, Json, RemoteSession, Step, Vendor, VendorContext } from './vendor.ts';

/** ms; no prompt is open for longer. */
const longestPrompt = 24 * 60 * 60_000;
/** ms between two refreshes of a session, however short a life its server states. */
const shortestLife = 30_000;
/** Characters of what is sealed for a session: cookies, tokens, a half-made sign-in. */
const mostSealed = 256 * 1024;
/** Values that a sign-in may add to an account, and characters of one. */
const mostKept = 20;
const longestKept = 4096;
/** What a prompt offers to choose from. */
const mostChoices = 100;
/** Characters that go to the clipboard. */
const mostCopied = 16 * 1024;

function refuse(message: string): never {
  throw new GatehouseError(
    { kind: 'unexpected-answer', message, advice: 'Ask whoever runs the server.' },
    { mayHaveWorked: true },
  );
}

/** A text that is filed: without this visit's secrets, as what is filed can't all be taken back. */
const filed = (context: VendorContext, text: string, most: number) =>
  plainText(context.http.blot(text.slice(0, most * 4)), most);

const realmOf = (context: VendorContext, realm: shape.Realm): shape.Realm => ({
  id: plainId(realm.id),
  name: filed(context, realm.name, longest.name),
});

function sealable(data: Json): Json {
  if ((JSON.stringify(data) ?? '').length <= mostSealed) return data;
  return refuse('The server gave more for one session than Gatehouse keeps.');
}

function grantOf(context: VendorContext, grant: Grant): Grant {
  const kept = Object.entries(grant.keep ?? {}).filter(([, value]) => value.length <= longestKept);
  return {
    secret: sealable(grant.secret),
    realm: grant.realm && realmOf(context, grant.realm),
    person: grant.person === null ? null : filed(context, grant.person, longest.name),
    method: plainText(grant.method, longest.name),
    expiresAt: validMoment(grant.expiresAt) ?? null,
    ...(grant.keep ? { keep: Object.fromEntries(kept.slice(0, mostKept)) } : {}),
  };
}

const between = (least: number, number: number, most: number) =>
  Math.min(Math.max(least, Math.trunc(number) || least), most);

/** What a prompt asks for, with numbers that a form can be drawn with. */
function askOf(ask: shape.Challenge, latest: number): shape.Challenge {
  const bounded = (): shape.Challenge => {
    switch (ask.kind) {
      case 'code':
        return {
          ...ask,
          boxes: between(1, ask.boxes, 12),
          ...(ask.rememberDays === undefined ? {} : { rememberDays: between(1, ask.rememberDays, 3650) }),
        };
      case 'new-password':
        return {
          ...ask,
          ...(ask.minLength === undefined ? {} : { minLength: between(0, ask.minLength, 1000) }),
          ...(ask.maxLength === undefined ? {} : { maxLength: between(1, ask.maxLength, 10_000) }),
        };
      case 'virtual-keyboard':
        return { ...ask, combinations: [], buttonsPerRow: between(1, ask.buttonsPerRow, 30) };
      case 'scan':
        return {
          ...ask,
          staleAt: Math.min(validMoment(ask.staleAt) ?? latest, latest),
          pushTargets: ask.pushTargets.slice(0, mostChoices),
        };
      case 'choice':
        return { ...ask, options: ask.options.slice(0, mostChoices) };
      case 'agreements':
        return { ...ask, agreements: ask.agreements.slice(0, mostChoices) };
      default:
        return ask;
    }
  };
  const read = shape.ask.parse(shown(bounded()));
  if (read.kind !== 'virtual-keyboard' || ask.kind !== 'virtual-keyboard') return read;
  // Buttons stand for themselves, blanks included, so they are cut and not cleaned.
  const layouts = ask.combinations
    .slice(0, 100)
    .map((one) => one.slice(0, 100).map((key) => key.slice(0, 50)));
  return { ...read, combinations: layouts };
}

function stepOf(context: VendorContext, step: Step): Step {
  if (step.kind === 'active') return { kind: 'active', grant: grantOf(context, step.grant) };
  const latest = context.now() + longestPrompt;
  const within = (time: number) => Math.min(validMoment(time) ?? latest, latest);
  return {
    kind: 'prompt',
    ask: askOf(step.ask, latest),
    resume: sealable(step.resume),
    deadline: within(step.deadline),
    ...(step.sendAgainAt === undefined ? {} : { sendAgainAt: within(step.sendAgainAt) }),
    ...(step.wrong ? { wrong: plainText(step.wrong, longest.sentence) } : {}),
  };
}

function checkOf(context: VendorContext, check: Check): Check {
  if (!check.alive) return { alive: false, reason: plainText(check.reason, longest.sentence) };
  return {
    alive: true,
    ...(check.expiresAt === undefined ? {} : { expiresAt: validMoment(check.expiresAt) ?? null }),
    ...(check.person ? { person: filed(context, check.person, longest.name) } : {}),
    ...(check.realm ? { realm: realmOf(context, check.realm) } : {}),
    ...(check.secret === undefined ? {} : { secret: sealable(check.secret) }),
  };
}

const remoteSession: z.ZodType<RemoteSession> = shape.remoteSession
  .omit({ mark: true, sessionId: true })
  .extend({ sessionTag: z.string().nullable(), current: z.boolean() });

function handOverOf(context: VendorContext, handOver: HandOver): HandOver {
  const url = URL.parse(handOver.url);
  if (url && mayReach(url, new URL(context.baseUrl))) return handOver;
  const where = plainText(url?.host ?? '', 100) || 'no address';
  return refuse(`The server names a page to open (${where}) that Gatehouse does not let it open.`);
}

/** A line break would be a command where a terminal is pasted into. */
function copyOf(text: string): string {
  if (text.length <= mostCopied && !/\p{Cc}/u.test(text)) return text;
  return refuse('The server gave a text that is no token; it was not put on the clipboard.');
}

function doneOf<T extends ActionResult & { secret?: Json }>(context: VendorContext, done: T) {
  const outcome = admin.outcome.parse(shown(done));
  return {
    ...outcome,
    message: filed(context, outcome.message, longest.sentence),
    ...(done.handOver ? { handOver: handOverOf(context, done.handOver) } : {}),
    ...(done.copy === undefined ? {} : { copy: copyOf(done.copy) }),
    ...(done.secret === undefined ? {} : { secret: sealable(done.secret) }),
  };
}

/** A person's page; of a table that is as long as what is kept of one, it says so. */
function personPageOf(page: admin.PersonPage): admin.PersonPage {
  const long = page.tables.filter(({ rows }) => rows.length >= mostRows);
  const cut = long.map(({ title }) => ({
    label: title,
    value: `The first ${mostRows.toLocaleString('en-GB')} rows are shown; there may be more.`,
  }));
  return admin.personPage.parse(shown({ ...page, facts: [...page.facts, ...cut] }));
}

/** A total that is no count is one that is not stated. */
function pageOf(page: admin.DirectoryPage, limit: number): admin.DirectoryPage {
  const { rows, total } = page;
  const counted = total !== null && Number.isSafeInteger(total) && total >= 0;
  return admin.directoryPage.parse(shown({ rows: rows.slice(0, limit), total: counted ? total : null }));
}

/** An error's stack without its message, which may quote what a server sent. */
function withoutMessage(error: unknown): Error {
  const bug = new Error('a vendor’s code');
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.indexOf('\n    at ');
  if (frames >= 0) bug.stack = `${bug.message}${stack.slice(frames)}`;
  return bug;
}

const listOf = <T extends z.ZodType>(item: T) => {
  const list = z.array(item);
  return (value: z.output<T>[]) => list.parse(shown(value));
};

/** Every method is named, so that one which is new to the interface can't pass by. */
type Every<T> = { [K in keyof Required<T>]: T[K] };

/**
 * A vendor as the rest of main sees it. Whatever its code makes of a server's answers is bounded here before it is filed or shown:
 * times, lengths, counts and addresses; and whatever it throws becomes a GatehouseError, so that no session is left half-way.
 * `reportBug` is told of errors that are none of ours.
 */
export function bordered(vendor: Vendor, reportBug: (error: unknown) => void): Every<Vendor> {
  async function pass<T>(work: () => Promise<T>, bound: (value: T) => T = (value) => value): Promise<T> {
    try {
      return bound(await work());
    } catch (error) {
      if (error instanceof GatehouseError) {
        const { failure, mayHaveWorked } = error;
        throw new GatehouseError(shownFailure(failure), { mayHaveWorked });
      }
      reportBug(withoutMessage(error));
      const message = `Gatehouse could not make sense of an answer from ${vendor.view.name}.`;
      const advice = 'Try again. If it happens again, report this sentence.';
      throw new GatehouseError({ kind: 'unexpected-answer', message, advice }, { mayHaveWorked: true });
    }
  }
  const stepped = (context: VendorContext, work: () => Promise<Step>) =>
    pass(work, (step) => stepOf(context, step));
  const { people, ownLogin, recovery } = vendor;
  const optional = <F, G>(method: F | undefined, made: (method: F) => G): G | undefined =>
    method === undefined ? undefined : made(method);

  return {
    id: vendor.id,
    view: vendor.view,
    identityOf: vendor.identityOf,
    checkForm: vendor.checkForm,
    addressIn: vendor.addressIn,
    refreshOpens: vendor.refreshOpens,
    cannotEnd: vendor.cannotEnd,
    remoteIdOf: vendor.remoteIdOf,

    begin: (context, way, input) => stepped(context, () => vendor.begin(context, way, input)),
    answer: (context, resume, answer) => stepped(context, () => vendor.answer(context, resume, answer)),
    sendAgain: optional(
      vendor.sendAgain,
      (sendAgain) => (context, resume, medium) => stepped(context, () => sendAgain(context, resume, medium)),
    ),
    push: optional(
      vendor.push,
      (push) => (context, resume, target) => stepped(context, () => push(context, resume, target)),
    ),
    listen: optional(
      vendor.listen,
      (listen) => (context, resume, changed) =>
        stepped(context, () => listen(context, resume, (step) => changed(stepOf(context, step)))),
    ),
    abandon: optional(vendor.abandon, (abandon) => (context, resume) => pass(() => abandon(context, resume))),

    check: (context, secret) =>
      pass(
        () => vendor.check(context, secret),
        (check) => checkOf(context, check),
      ),
    end: (context, secret) => pass(() => vendor.end(context, secret)),
    leftAfter: optional(vendor.leftAfter, (leftAfter) => (secret, now) => {
      const left = leftAfter(secret, now);
      return left && { until: validMoment(left.until) ?? null };
    }),
    endStray: optional(vendor.endStray, (endStray) => (context) => pass(() => endStray(context))),

    whoAmI: optional(
      vendor.whoAmI,
      (whoAmI) => (context, secret) =>
        pass(
          () => whoAmI(context, secret),
          (identity) => shape.identity.parse(shown(identity)),
        ),
    ),
    memberships: optional(
      vendor.memberships,
      (memberships) => (context, secret) =>
        pass(
          () => memberships(context, secret),
          (found) =>
            listOf(shape.membership)(found).map((one) => ({ ...one, realm: realmOf(context, one.realm) })),
        ),
    ),
    switchRealm: optional(
      vendor.switchRealm,
      (switchRealm) => (context, secret, realm) =>
        stepped(context, () => switchRealm(context, secret, realm)),
    ),
    refreshAt: optional(vendor.refreshAt, (refreshAt) => (held, values) => {
      const at = validMoment(refreshAt(held, values));
      return at === undefined ? null : Math.max(at, held.grantedAt + shortestLife);
    }),
    refresh: optional(
      vendor.refresh,
      (refresh) => (context, secret) =>
        pass(
          () => refresh(context, secret),
          (grant) => grantOf(context, grant),
        ),
    ),
    remoteSessions: optional(
      vendor.remoteSessions,
      (sessions) => (context, secret) => pass(() => sessions(context, secret), listOf(remoteSession)),
    ),
    endRemoteSession: optional(
      vendor.endRemoteSession,
      (end) => (context, secret, remoteId) => pass(() => end(context, secret, remoteId)),
    ),
    endAllSessions: optional(
      vendor.endAllSessions,
      (end) => (context, secret) => pass(() => end(context, secret)),
    ),

    people: people && {
      sources: (context, secret) =>
        pass(() => people.sources(context, secret), listOf(admin.directorySource)),
      organisations: optional(
        people.organisations,
        (organisations) => (context, secret, search) =>
          pass(() => organisations(context, secret, search), listOf(admin.organisation)),
      ),
      page: (context, secret, query, range) =>
        pass(
          () => people.page(context, secret, query, range),
          (page) => pageOf(page, range.limit),
        ),
      person: (context, secret, personId) =>
        pass(() => people.person(context, secret, personId), personPageOf),
      act: (context, secret, input) =>
        pass(
          () => people.act(context, secret, input),
          (done) => doneOf(context, done),
        ),
    },
    ownLogin: ownLogin && {
      page: (context, secret) => pass(() => ownLogin.page(context, secret), personPageOf),
      act: (context, secret, input) =>
        pass(
          () => ownLogin.act(context, secret, input),
          (done) => doneOf(context, done),
        ),
    },
    recovery: recovery && {
      first: (context) => pass(() => recovery.first(context), recoveryOf),
      next: (context, stepId, values, state) =>
        pass(() => recovery.next(context, stepId, values, state), recoveryOf),
    },
    whyNot: optional(
      vendor.whyNot,
      (whyNot) => (context, secret, email) =>
        pass(() => whyNot(context, secret, email), listOf(admin.finding)),
    ),
    handOver: optional(
      vendor.handOver,
      (handOver) => (context, secret) =>
        pass(
          () => handOver(context, secret),
          (given) => handOverOf(context, given),
        ),
    ),
    copyables: optional(
      vendor.copyables,
      (copyables) => (secret) => listOf(admin.copyable)(copyables(secret)),
    ),
    copyText: optional(
      vendor.copyText,
      (copyText) => (context, secret, what) => pass(() => copyText(context, secret, what), copyOf),
    ),
  };
}

function recoveryOf({ step, state }: { step: admin.RecoveryStep; state: Json }) {
  return { step: admin.recoveryStep.parse(shown(step)), state: sealable(state) };
}
