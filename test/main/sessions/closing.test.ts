import { expect, test } from 'vitest';
import { startKoyeb } from '../../../practice/koyeb/index.ts';
import { newFolder, openTestApp, removeFolder, until } from '../core-harness.ts';
import { practiceOptions } from '../vendors/practice-context.ts';

test('a check that is answered after the house is closed is nobody’s error', async () => {
  const folder = newFolder();
  const server = await startKoyeb(practiceOptions('closing'));
  const app = await openTestApp(folder);
  const account = app.add(server, 'Maya Castell');
  const sessionId = app.core.sessions.signIn({ accountId: account.id }, 'window');
  await app.reach(sessionId, 'active');
  const asked = () => server.log().filter(({ operation }) => operation === 'getCurrentUser').length;
  const before = asked();
  server.misbehave({ operation: 'getCurrentUser', latency: 200 });
  const checking = app.core.sessions.check(sessionId);
  await until('the vendor is asked', () => asked() > before);
  await app.core.close(0);
  await expect(checking).resolves.toBeUndefined();
  await server.close();
  removeFolder(folder);
});
