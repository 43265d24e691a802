import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channel } from '#contract/channels.ts';
import type { Result } from '#contract/failure.ts';
import { startPractice } from '../../../practice/index.ts';
import { type Canaries, searchFor } from '../../security/canaries.ts';
import { newFolder, openTestApp, removeFolder, routerOf } from '../core-harness.ts';
import { type Message, messages } from './generated.ts';

/** `npm run test:messages` sends 100,000; the tests of every day a part of them. */
const total = Number(process.env.GATEHOUSE_MESSAGES ?? 3_000);
const seed = Number(process.env.GATEHOUSE_SEED ?? 7);
const atOnce = 16;
const chunk = 200;
/** ms of work on main's own thread in one turn; what is longer is felt in the window. */
const stall = 200;
/** ms in which every message must be answered, whatever the vendor does. */
const patience = 60_000;

const passphrases = ['first-passphrase-canary-41', 'second-passphrase-canary-87'];
const typed = {
  password: 'typed-password-canary-19',
  code: 'typed-code-canary-73',
  any: 'typed-clip-canary-55',
};

/** The work of this thread between two looks, ms; reports the longest with what was asked then. */
function watchTurns() {
  let during: Iterable<Message> = [];
  const over: Message[] = [];
  let longest: { ms: number; during: readonly Message[] } = { ms: 0, during: [] };
  let before = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    if ((user + system) / 1000 > longest.ms)
      longest = { ms: (user + system) / 1000, during: [...over, ...during] };
    over.length = 0;
  }, 5);
  return {
    /** What the test itself does at length is not counted. */
    async apart<T>(work: () => T | Promise<T>): Promise<T> {
      await new Promise((done) => setTimeout(done, 6));
      const done = await work();
      before = process.threadCpuUsage();
      return done;
    },
    now(messages: Iterable<Message>) {
      during = messages;
    },
    /** The message is answered, perhaps in this very turn. */
    over: (message: Message) => over.push(message),
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}

const brief = (message: Message): string =>
  inspect(message, {
    depth: 4,
    breakLength: Number.POSITIVE_INFINITY,
    maxStringLength: 120,
    maxArrayLength: 8,
  });

test(`${total.toLocaleString('en-GB')} generated messages bring no crash, no stall and no secret out (seed ${seed})`, {
  timeout: 60_000 + total * 20,
}, async () => {
  const practice = await startPractice({ seed: 'messages' });
  const folder = newFolder();
  const files = newFolder();
  const app = await openTestApp(folder);
  const { core, changes, log, bugs, copied } = app;
  const route = routerOf(app, {
    saveAs: async () => (Math.random() < 0.5 ? join(files, 'export.csv') : null),
  });

  const canaries: Canaries = new Map([
    ...passphrases.map((one, at) => [`passphrase ${at}`, one] as const),
    ...Object.entries(typed).map(([name, secret]) => [`typed ${name}`, secret] as const),
  ]);
  const secretFields = new Set(
    core
      .snapshot()
      .vendors.flatMap(({ form, ways }) =>
        [...form, ...ways.flatMap(({ fields }) => fields)]
          .filter(({ secret }) => secret)
          .map(({ name }) => name),
      ),
  );
  const people = practice.servers.flatMap((server) =>
    server.people.map((person) => ({ vendor: server.vendor, ...person })),
  );
  for (const { label, vendor, account } of people)
    for (const [name, value] of Object.entries(account.values))
      if (secretFields.has(name) && value.length >= 8) canaries.set(`${vendor} ${label} ${name}`, value);

  const formOf = ({ vendor, label, account: { values, realm = null } }: (typeof people)[number]) => ({
    vendor,
    label,
    values,
    realm,
    tags: [],
    colour: 'teal' as const,
  });

  let passphrase: string | null = null;
  /** Words of earlier answers by the member that may bring them back. */
  const heard = new Map<string, string[]>();
  const hear = (member: string, word: unknown) => {
    if (typeof word !== 'string' || word === '' || word.length > 400) return;
    const words = heard.get(member) ?? [];
    if (!words.includes(word)) heard.set(member, [...words.slice(-40), word]);
  };
  const fieldNames = new Set<string>(['password', 'email', 'baseUrl', 'code', 'name', 'remember', 'choice']);

  function learn(channel: Channel, value: unknown) {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      for (const one of value.slice(0, 20)) learn(channel, one);
      return;
    }
    const found = value as Record<string, unknown>;
    if (channel === 'people.sources') {
      if (Array.isArray(found.columns)) hear('source', found.id);
      else if ('sortable' in found) for (const member of ['columns', 'sort']) hear(member, found.id);
    }
    if (channel === 'people.organisations') hear('organisation', found.id);
    if ('cells' in found) for (const member of ['personId', 'target']) hear(member, found.id);
    if (channel === 'sessions.remote') hear('remoteId', found.id);
    if ('danger' in found) hear('action', found.id);
    if (channel === 'handover.copyable') hear('what', found.id);
    if (channel.startsWith('recovery')) hear('step', found.id);
    if ('required' in found && typeof found.name === 'string') fieldNames.add(found.name);
    for (const inner of Object.values(found)) learn(channel, inner);
  }

  /** What must be there for a message to mean something: an open vault, accounts of every vendor, some sessions. */
  async function tend() {
    if (core.vault.view().state === 'locked') {
      for (let tries = 0; core.isLocked() && tries < 200; tries += 1)
        await core.unlock(passphrase).catch(() => new Promise((done) => setTimeout(done, 200)));
      expect(core.isLocked(), 'the vault opens again with its passphrase').toBe(false);
    }
    const { sessions, accounts } = core.snapshot();
    for (const { id, state } of sessions.slice(30))
      if (state === 'ended' || state === 'failed' || state === 'expired') await core.sessions.dismiss(id);
      else core.sessions.end(id, { actor: 'window' });
    for (const { id } of accounts.slice(24)) core.sessions.removeAccount(id);
    for (let at = accounts.length; at < 12; at += 1)
      core.accounts.add(formOf(people[Math.floor(Math.random() * people.length)]!));
    const idle = core.accounts.all().filter(({ id }) => !sessions.some((one) => one.accountId === id));
    for (const { id } of idle.slice(0, 6)) core.sessions.signIn({ accountId: id }, 'window');
  }

  function known() {
    const { sessions, accounts, prompts, shifts, receipts, vendors } = core.snapshot();
    const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
    const active = idsOf(sessions.filter(({ state }) => state === 'active'));
    const pins = practice.inbox
      .list()
      .slice(-10)
      .flatMap(({ code }) => (code ? [code] : []));
    for (const { ask } of prompts)
      if (ask.kind === 'agreements') for (const { id } of ask.agreements) fieldNames.add(id);
    const values = Object.groupBy(
      people.flatMap(({ account }) => Object.entries(account.values)),
      ([name]) => name,
    );
    const words: Record<string, readonly string[]> = {
      sessionId: [...idsOf(sessions), ...active, ...active, ...active],
      sessionIds: idsOf(sessions),
      accountId: idsOf(accounts),
      promptId: idsOf(prompts),
      vendor: idsOf(vendors),
      way: vendors.flatMap(({ ways }) => idsOf(ways)),
      medium: prompts.flatMap(({ ask }) => (ask.kind === 'code' ? idsOf(ask.media ?? []) : [])),
      event: ['opened', 'failed', 'admin'],
      requestId: ['t1', 't2'],
      search: ['a', 'example'],
      email: people.map(({ identity }) => identity),
    };
    return {
      names: [...fieldNames],
      accounts: people.map(formOf),
      texts(channel: Channel, member: string): readonly string[] {
        if (channel.startsWith('vault.')) return passphrases;
        if (channel === 'clipboard.copy') return [typed.any];
        if (member === 'id') {
          if (channel.startsWith('accounts.')) return words.accountId!;
          if (channel.startsWith('shifts.')) return idsOf(shifts);
          if (channel.startsWith('receipts.')) return idsOf(receipts);
          return accounts.flatMap(({ realm }) => (realm ? [realm.id] : []));
        }
        if (channel === 'prompts.answer' && member === 'code') return [...pins, typed.code];
        if (/password/i.test(member)) return [typed.password];
        return Object.hasOwn(words, member)
          ? words[member]!
          : [
              ...(heard.get(member) ?? []),
              ...(secretFields.has(member) ? [] : (values[member] ?? []).map(([, value]) => value)),
            ];
      },
    };
  }

  const turns = watchTurns();
  const findings = new Set<string>();
  const kinds = new Map<string, number>();
  const worked = new Set<string>();
  let sent = 0;

  async function send(message: Message): Promise<string> {
    const { channel, input } = message;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((done) => {
      timer = setTimeout(() => done('late'), patience);
    });
    const answering = route(channel, input);
    const answer: Result<unknown> | 'late' = await Promise.race([answering, late]).catch((error) => {
      findings.add(`thrown: ${brief(message)}: ${String(error)}`);
      return 'late' as const;
    });
    clearTimeout(timer);
    if (answer === 'late') {
      findings.add(`not answered: ${brief(message)}`);
      return '';
    }
    if (answer.ok) {
      worked.add(String(channel));
      learn(channel as Channel, answer.value);
      const next = (input as { next?: string | null } | undefined)?.next;
      if (channel === 'vault.setPassphrase') passphrase = next ?? null;
    } else kinds.set(answer.failure.kind, (kinds.get(answer.failure.kind) ?? 0) + 1);
    return JSON.stringify(answer);
  }

  /** Looks through what has come out of main since the last time. */
  function look(answers: string[]) {
    for (const secret of copied.splice(0))
      if (secret.length >= 12 && canaries.size < 120 && !/^\s*$/.test(secret))
        canaries.set(`copied ${canaries.size}`, secret);
    const out: [string, string][] = [
      ['an answer', answers.join('\n')],
      ['a change', JSON.stringify(changes.splice(0))],
      ['the log', JSON.stringify(log.splice(0))],
      [
        'a bug',
        bugs.map(([where, error]) => `${where} ${error instanceof Error ? error.stack : ''}`).join('\n'),
      ],
    ];
    const find = searchFor(canaries);
    for (const [place, text] of out) for (const found of find(place, Buffer.from(text))) findings.add(found);
    for (const [where, error] of bugs.splice(0))
      findings.add(`unexpected in ${where}: ${error instanceof Error ? error.stack : String(error)}`);
  }

  try {
    while (sent < total && findings.size < 10) {
      const batch = await turns.apart(async () => {
        await tend();
        return fc.sample(messages(known()), { numRuns: Math.min(chunk, total - sent), seed: seed + sent });
      });
      const answers: string[] = [];
      const open = new Set<Message>();
      const left = [...batch];
      turns.now(open);
      const worker = async () => {
        for (let message = left.shift(); message; message = left.shift()) {
          open.add(message);
          answers.push(await send(message));
          open.delete(message);
          turns.over(message);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      sent += batch.length;
      await turns.apart(() => look(answers));
    }
  } finally {
    const { ms, during } = turns.stop();
    if (ms > stall) findings.add(`${Math.round(ms)} ms at once during\n${during.map(brief).join('\n')}`);
    await core.close(5_000);
    await practice.close();
    removeFolder(folder);
    removeFolder(files);
    if (process.env.GATEHOUSE_MESSAGES)
      console.log(
        `${sent} messages, longest turn ${Math.round(ms)} ms, answered: ${[...worked].sort().join(' ')}`,
        kinds,
      );
  }
  expect([...findings]).toEqual([]);
  // The messages were not all nonsense.
  expect(worked.size).toBeGreaterThan(total >= 50_000 ? 50 : 30);
});
