import { expect, test } from 'vitest';
import { parseSessionTag, readSessionTag, userAgentFor } from '#lib/session-tag.ts';
import { browserName } from '../../../main/vendors/kit/browser-name.ts';

test('a mark is read back, by the installation that made it only', () => {
  const agent = userAgentFor('0.1.0', 'install-1', 'session-1');
  expect(agent).toBe('Gatehouse/0.1.0 (install-1; session-1)');
  expect(parseSessionTag(agent)).toEqual({
    version: '0.1.0',
    installId: 'install-1',
    sessionId: 'session-1',
  });
  expect(readSessionTag(agent, 'install-1')).toBe('session-1');
  expect(readSessionTag(agent, 'install-2')).toBeNull();
  expect(readSessionTag(`Mozilla/5.0 ${agent}`, 'install-1')).toBeNull();
  expect(parseSessionTag('curl/8')).toBeNull();
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0', 'Firefox 151, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36',
    'Chrome 148, Windows',
  ],
  ['Gatehouse/0.1.0 (install-1; session-1)', 'Gatehouse 0.1.0'],
  ['strange', 'strange'],
  ['', null],
])('%s is %s', (agent, name) => {
  expect(browserName(agent)).toBe(name);
});
