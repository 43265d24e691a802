import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startEnhance } from '../../../practice/enhance/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from '../core-harness.ts';
import { practiceOptions } from '../vendors/practice-context.ts';

let panel: PracticeServer;
let folder: string;
let app: TestApp;
beforeEach(async () => {
  panel = await startEnhance(practiceOptions('enhance with an intruder'));
  folder = newFolder();
  app = await openTestApp(folder);
});
afterEach(async () => {
  await app.core.close(2_000);
  removeFolder(folder);
  await panel.close();
});

const login = 'nora@northwind.example';
const atPanel = () => panel.sessions().filter(({ person }) => person === login);
const byAgent = (userAgent: string | null) => atPanel().filter((one) => one.userAgent === userAgent);

/** Signs Nora in by an account of its own, and waits until it is known which session at the panel that is. */
async function signIn() {
  const { core } = app;
  const before = new Set(atPanel().map(({ id }) => id));
  const account = app.add(panel, 'Nora Lindholm');
  const id = core.sessions.signIn({ accountId: account.id }, 'window');
  await app.reach(id, 'active');
  const own = atPanel().find((one) => !before.has(one.id))!;
  await until('a check has found the session', () => app.sealed(id, 'grant')?.includes(own.id));
  return { id, own };
}

/** Somebody who knows the password signs in with a User-Agent read in the panel's list; answers the session's id. */
async function intrude(userAgent: string | null): Promise<string> {
  const before = new Set(atPanel().map(({ id }) => id));
  const { values } = app.person(panel, 'Nora Lindholm').account;
  const answer = await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent ?? '' },
    body: JSON.stringify({ email: values.email, password: values.password }),
  });
  expect(answer.status).toBe(200);
  expect(byAgent(userAgent).length).toBeGreaterThan(1);
  return atPanel().find(({ id }) => !before.has(id))!.id;
}

const rowOf = async (sessionId: string, remoteId: string) => {
  const found = (await app.core.sessions.remote(sessionId)).find(({ id }) => id === remoteId);
  if (!found) throw new Error('The row is not listed.');
  return found;
};

describe('a session whose User-Agent somebody has copied', () => {
  test('is told from the copy, which is shown with a warning and can be ended alone', async () => {
    const { sessions } = app.core;
    const here = await signIn();
    const sibling = await signIn();
    const intruder = await intrude(here.own.userAgent);

    const own = await rowOf(here.id, here.own.id);
    expect(own).toMatchObject({ mark: 'this', sessionId: here.id });
    expect(own).not.toHaveProperty('warning');
    const copy = await rowOf(here.id, intruder);
    expect(copy).toMatchObject({ mark: 'other', canEnd: true, warning: expect.stringContaining('copied') });
    expect(copy).not.toHaveProperty('sessionId');

    // Seen from another session of ours.
    expect(await rowOf(sibling.id, here.own.id)).toMatchObject({ mark: 'ours', sessionId: here.id });
    const seen = await rowOf(sibling.id, intruder);
    expect(seen).toMatchObject({
      mark: 'other',
      warning: expect.stringContaining('another one of Gatehouse'),
    });

    await sessions.endRemote(sibling.id, intruder, 'window');
    expect(byAgent(here.own.userAgent).map(({ id }) => id)).toEqual([here.own.id]);
    expect(app.session(here.id).state).toBe('active');
  });

  test('stays when the others are ended, and the copy does not', async () => {
    const here = await signIn();
    const sibling = await signIn();
    await intrude(here.own.userAgent);
    await intrude(sibling.own.userAgent);
    await app.core.sessions.endOthers(here.id, 'window');
    await app.reach(sibling.id, 'ended');
    expect(atPanel().map(({ id }) => id)).toEqual([here.own.id]);
    expect(app.session(here.id).state).toBe('active');
  });

  test('does not lend its place to the copy when it is over', async () => {
    const here = await signIn();
    const sibling = await signIn();
    const intruder = await intrude(sibling.own.userAgent);
    // Somebody ends ours at the panel, and Gatehouse has not noticed yet.
    const { headers } = await fetch(`${panel.url}/login/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(app.person(panel, 'Nora Lindholm').account.values),
    });
    await fetch(`${panel.url}/login/sessions/${sibling.own.id}`, {
      method: 'DELETE',
      headers: { cookie: headers.getSetCookie()[0]!.split(';')[0]! },
    });
    expect(byAgent(sibling.own.userAgent).map(({ id }) => id)).toEqual([intruder]);
    expect(app.session(sibling.id).state).toBe('active');
    expect(await rowOf(here.id, intruder)).toMatchObject({ mark: 'other', warning: expect.any(String) });

    app.core.sessions.end(sibling.id, { actor: 'window' });
    await app.reach(sibling.id, 'ended');
    const left = await rowOf(here.id, intruder);
    expect(left).toMatchObject({ mark: 'other', warning: expect.stringContaining('is over here') });
  });

  test('is told from the copy before its id is known, as the older of the two', async () => {
    panel.misbehave({ operation: 'getSessions', status: 503, times: 6 });
    const { core } = app;
    const account = app.add(panel, 'Nora Lindholm');
    const id = core.sessions.signIn({ accountId: account.id }, 'window');
    await app.reach(id, 'active');
    const own = atPanel().find(({ userAgent }) => userAgent?.includes(id))!;
    await until('the check has asked in vain', () =>
      panel.log().some(({ operation, status }) => operation === 'getSessions' && status === 503),
    );
    await core.sessions.check(id);
    panel.behave();
    expect(app.sealed(id, 'grant')).not.toContain(own.id);
    const intruder = await intrude(own.userAgent);
    expect(await rowOf(id, own.id)).toMatchObject({ mark: 'this' });
    expect(await rowOf(id, intruder)).toMatchObject({ mark: 'other', warning: expect.any(String) });
  });
});
