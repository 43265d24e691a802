import { expect, test } from 'vitest';
import { createInFlight } from '../../../main/sessions/in-flight.ts';

test('it is quiet once everything of the session is back, what began meanwhile and what failed too', async () => {
  const inFlight = createInFlight();
  const [first, second, other] = [1, 2, 3].map(() => Promise.withResolvers<string>());
  const answers = [inFlight.track('one', () => first!.promise)];
  void inFlight.track('two', () => other!.promise);
  let quiet = false;
  const waited = inFlight.quiet('one').then(() => {
    quiet = true;
  });
  answers.push(inFlight.track('one', () => second!.promise));
  first!.resolve('brought');
  expect(await answers[0]).toBe('brought');
  await Promise.resolve();
  expect([quiet, inFlight.has('one'), inFlight.has('two')]).toEqual([false, true, true]);
  second!.reject(new Error('broke off'));
  await expect(answers[1]).rejects.toThrow('broke off');
  await waited;
  expect([inFlight.has('one'), inFlight.has('two')]).toEqual([false, true]);
  await inFlight.quiet('nobody');
});
