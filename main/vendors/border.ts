import * as contract from '#contract/admin.ts';
import * as shape from '#contract/shapes.ts';
import { validMoment } from '#lib/valid-moment.ts';
import {
  actionResultOf,
  copyOf,
  handOverOf,
  listOf,
  pageOf,
  personPageOf,
  recoveryOf,
} from './border/admin.ts';
import { shown } from './border/displayable.ts';
import { createPass, type Pass } from './border/pass.ts';
import { checkOf, grantOf, realmOf, remoteSession, stepOf } from './border/session.ts';
import type { Step, Vendor, VendorContext } from './vendor.ts';

/** ms between two refreshes of a session, however short a life its server states. */
const shortestLife = 30_000;

/** Every method is named, so that one which is new to the interface can't pass by. */
type Every<T> = { [K in keyof Required<T>]: T[K] };

/**
 * A vendor as the rest of main sees it. Whatever its code makes of a server's answers is bounded here before it is filed or shown:
 * times, lengths, counts and addresses; and whatever it throws becomes a GatehouseError, so that no session is left half-way.
 * `reportBug` is told of errors that are none of ours.
 */
export function bordered(vendor: Vendor, reportBug: (error: unknown) => void): Every<Vendor> {
  const pass = createPass(vendor.view.name, reportBug);
  return {
    id: vendor.id,
    view: vendor.view,
    identityOf: vendor.identityOf,
    checkForm: vendor.checkForm,
    addressIn: vendor.addressIn,
    refreshOpens: vendor.refreshOpens,
    cannotRefresh: vendor.cannotRefresh,
    cannotEnd: vendor.cannotEnd,
    remoteIdOf: vendor.remoteIdOf,
    ...signInBorder(vendor, pass),
    ...lifecycleBorder(vendor, pass),
    ...sessionBorder(vendor, pass),
    ...adminBorder(vendor, pass),
    ...consoleBorder(vendor, pass),
  };
}

/** A method of the vendor's that is there, made into another. */
function ifOffered<F, G>(method: F | undefined, made: (method: F) => G): G | undefined {
  return method === undefined ? undefined : made(method);
}

function signInBorder(vendor: Vendor, pass: Pass) {
  const stepped = (context: VendorContext, work: () => Promise<Step>) =>
    pass(work, (step) => stepOf(context, step));
  return {
    begin: (context, way, input) => stepped(context, () => vendor.begin(context, way, input)),
    answer: (context, resume, answer) => stepped(context, () => vendor.answer(context, resume, answer)),
    sendAgain: ifOffered(
      vendor.sendAgain,
      (sendAgain) => (context, resume, medium) => stepped(context, () => sendAgain(context, resume, medium)),
    ),
    push: ifOffered(
      vendor.push,
      (push) => (context, resume, target) => stepped(context, () => push(context, resume, target)),
    ),
    listen: ifOffered(
      vendor.listen,
      (listen) => (context, resume, changed) =>
        stepped(context, () => listen(context, resume, (step) => changed(stepOf(context, step)))),
    ),
    abandon: ifOffered(
      vendor.abandon,
      (abandon) => (context, resume) => pass(() => abandon(context, resume)),
    ),
  } satisfies Partial<Vendor>;
}

function lifecycleBorder(vendor: Vendor, pass: Pass) {
  return {
    check: (context, secret) =>
      pass(
        () => vendor.check(context, secret),
        (check) => checkOf(context, check),
      ),
    end: (context, secret) => pass(() => vendor.end(context, secret)),
    leftAfter: ifOffered(vendor.leftAfter, (leftAfter) => (secret, now) => {
      const left = leftAfter(secret, now);
      return left && { until: validMoment(left.until) ?? null };
    }),
    endStray: ifOffered(vendor.endStray, (endStray) => (context) => pass(() => endStray(context))),

    refreshAt: ifOffered(vendor.refreshAt, (refreshAt) => (held, values) => {
      const at = validMoment(refreshAt(held, values));
      return at === undefined ? null : Math.max(at, held.grantedAt + shortestLife);
    }),
    refresh: ifOffered(
      vendor.refresh,
      (refresh) => (context, secret) =>
        pass(
          () => refresh(context, secret),
          (grant) => grantOf(context, grant),
        ),
    ),
  } satisfies Partial<Vendor>;
}

function sessionBorder(vendor: Vendor, pass: Pass) {
  return {
    whoAmI: ifOffered(
      vendor.whoAmI,
      (whoAmI) => (context, secret) =>
        pass(
          () => whoAmI(context, secret),
          (identity) => shape.identity.parse(shown(identity)),
        ),
    ),
    memberships: ifOffered(
      vendor.memberships,
      (memberships) => (context, secret) =>
        pass(
          () => memberships(context, secret),
          (found) =>
            listOf(shape.membership)(found).map((one) => ({ ...one, realm: realmOf(context, one.realm) })),
        ),
    ),
    switchRealm: ifOffered(
      vendor.switchRealm,
      (switchRealm) => (context, secret, realm) =>
        pass(
          () => switchRealm(context, secret, realm),
          (step) => stepOf(context, step),
        ),
    ),
    remoteSessions: ifOffered(
      vendor.remoteSessions,
      (sessions) => (context, secret) => pass(() => sessions(context, secret), listOf(remoteSession)),
    ),
    endRemoteSession: ifOffered(
      vendor.endRemoteSession,
      (end) => (context, secret, remoteId) => pass(() => end(context, secret, remoteId)),
    ),
    endAllSessions: ifOffered(
      vendor.endAllSessions,
      (end) => (context, secret) => pass(() => end(context, secret)),
    ),
  } satisfies Partial<Vendor>;
}

function adminBorder({ people, ownLogin, recovery, whyNot }: Vendor, pass: Pass) {
  return {
    people: people && {
      sources: (context, secret) =>
        pass(() => people.sources(context, secret), listOf(contract.directorySource)),
      organisations: ifOffered(
        people.organisations,
        (organisations) => (context, secret, search) =>
          pass(() => organisations(context, secret, search), listOf(contract.organisation)),
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
          (done) => actionResultOf(context, done),
        ),
    },
    ownLogin: ownLogin && {
      page: (context, secret) => pass(() => ownLogin.page(context, secret), personPageOf),
      act: (context, secret, input) =>
        pass(
          () => ownLogin.act(context, secret, input),
          (done) => actionResultOf(context, done),
        ),
    },
    recovery: recovery && {
      first: (context) => pass(() => recovery.first(context), recoveryOf),
      next: (context, stepId, values, state) =>
        pass(() => recovery.next(context, stepId, values, state), recoveryOf),
    },
    whyNot: ifOffered(
      whyNot,
      (whyNot) => (context, secret, email) =>
        pass(() => whyNot(context, secret, email), listOf(contract.finding)),
    ),
  } satisfies Partial<Vendor>;
}

/** What leaves for a browser window or the clipboard. */
function consoleBorder(vendor: Vendor, pass: Pass) {
  return {
    handOver: ifOffered(
      vendor.handOver,
      (handOver) => (context, secret) =>
        pass(
          () => handOver(context, secret),
          (given) => handOverOf(context, given),
        ),
    ),
    copyables: ifOffered(
      vendor.copyables,
      (copyables) => (secret) => listOf(contract.copyable)(copyables(secret)),
    ),
    copyText: ifOffered(
      vendor.copyText,
      (copyText) => (context, secret, what) => pass(() => copyText(context, secret, what), copyOf),
    ),
  } satisfies Partial<Vendor>;
}
