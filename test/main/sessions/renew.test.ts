import { expect, test } from 'vitest';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder } from '../core-harness.ts';

test('the end of a session is put off on request: by using it, by a new token, or with a reason why not', async () => {
  const folder = newFolder();
  const practice = await startPractice({ only: ['koyeb', 'enhance'] });
  const app = await openTestApp(folder);
  const of = (vendor: string) => practice.servers.find((server) => server.vendor === vendor)!;
  const { sessions } = app.core;
  const id = sessions.signIn({ accountId: app.add(of('koyeb'), 'Maya Castell').id }, 'window');
  const before = await app.reach(id, 'active');
  expect(before.renewal).toEqual({ how: 'renew' });
  const renewed = () =>
    of('koyeb')
      .log()
      .filter(({ operation }) => operation === 'refreshToken').length;
  await sessions.renew(id);
  expect(renewed()).toBe(1);
  expect(app.session(id)).toMatchObject({ state: 'active', checkFailure: null });
  of('koyeb').misbehave({ operation: 'refreshToken', status: 503 });
  await expect(sessions.renew(id)).rejects.toMatchObject({ failure: { kind: 'server-fault' } });
  of('koyeb').behave();

  const panel = sessions.signIn({ accountId: app.add(of('enhance'), 'Nora Lindholm').id }, 'window');
  expect((await app.reach(panel, 'active')).renewal).toBeUndefined();
  await expect(sessions.renew(panel)).rejects.toMatchObject({ failure: { kind: 'conflict' } });
  await app.core.close(0);
  await practice.close();
  removeFolder(folder);
});
