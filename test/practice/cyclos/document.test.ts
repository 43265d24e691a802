import { afterEach, describe, expect, test } from 'vitest';
import { documentOf } from './document.ts';
import { openCyclos } from './kit.ts';

const everybody = ['alice', 'bruno', 'felix', 'mona', 'oskar', 'quinn', 'gina', 'xaver', 'agnes', 'pia'];
const passwords: Record<string, string> = {
  mona: 'Member-2026',
  oskar: 'Operator-2026',
  quinn: 'Question-2026',
  gina: 'Member-2026',
  xaver: 'Steps-2026',
  agnes: 'Steps-2026',
};

describe.each(['4.11', '4.16'] as const)('the document of Cyclos %s', (generation) => {
  const document = documentOf(generation);
  let cyclos: Awaited<ReturnType<typeof openCyclos>> | undefined;
  afterEach(() => cyclos?.server.close());

  test.skipIf(!document)('refuses what it does not name', () => {
    const faults = (status: number, body: unknown, path = '/auth', contentType = 'application/json') =>
      document?.faultsOf({
        ...{ method: 'GET', path, status, contentType },
        text: typeof body === 'string' ? body : JSON.stringify(body),
      });
    expect(faults(200, { user: { display: 'Mona' }, expiredPassword: false })).toEqual([]);
    expect(faults(200, { user: { display: 'Mona', password: 'x' } })).toHaveLength(1);
    expect(faults(200, { expiredPassword: 'no' })).toHaveLength(1);
    expect(faults(200, { role: 'pope' })).toHaveLength(1);
    expect(faults(200, [])).not.toEqual([]);
    expect(faults(200, '')).not.toEqual([]);
    expect(faults(401, { code: 'login', reason: 'no' })).toHaveLength(1);
    expect(faults(500, { kind: 'general' })).toHaveLength(1);
    expect(faults(418, {})).toEqual(['getCurrentAuth declares no 418']);
    expect(faults(200, '<html>', '/auth', 'text/html')).toHaveLength(1);
    expect(faults(200, {}, '/nowhere/at/all')).toHaveLength(1);
    expect(faults(204, 'text', '/auth/data-for-login')).toHaveLength(1);
    expect(document?.operationOf('GET', '/users/data-for-search')).toBe('getUserDataForSearch');
    expect(document?.operationOf('GET', '/users/mona')).toBe('viewUser');
  });

  test('is kept by every answer that somebody can read, whoever asks', async () => {
    cyclos = await openCyclos(generation);
    const { client } = cyclos;
    const later = generation === '4.16';
    const [till] = cyclos.server.people.filter(({ apiKey }) => apiKey);
    const paths = [
      '/auth',
      '/auth/data-for-login',
      '/ui/data-for-ui',
      '/users?includeGroup=true',
      '/users?ignoreProfileFieldsInList=true&page=x',
      '/users/data-for-search',
      ...['self', 'mona', 'tara', 'oskar', 'gina', 'nobody'].flatMap((user) => [
        `/users/${user}`,
        `/${user}/passwords`,
        `/${user}/passwords/list-data`,
        `/${user}/passwords/login`,
        `/${user}/client-types`,
        ...(later
          ? [
              `/users/${user}/locate`,
              `/${user}/status`,
              `/${user}/totp-secret`,
              `/${user}/devices`,
              `/${user}/agreements`,
              `/${user}/identity-providers/list-data`,
              `/alerts/user?user=${user}&page=x`,
            ]
          : []),
      ]),
      `/clients/${till?.apiKey}`,
      '/agreements/pending',
      '/auth/session/secondary-password',
      ...(later
        ? [
            '/auth/session',
            '/auth/session/login-confirmation',
            '/sessions',
            '/sessions/data-for-search',
            '/alerts/user',
            '/agreements/terms/content?version=x',
            '/device-confirmations/1',
            '/identity-providers/redirect/1',
            '/identity-providers/callback',
          ]
        : []),
    ];
    const statuses = new Map<number, number>();
    const ask = async (as: Record<string, string>) => {
      for (const path of paths) {
        const { status } = await client.call('GET', path, as);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await ask({});
    await ask({ 'access-client-token': till?.apiKey ?? '' });
    for (const person of everybody) await ask(await client.session(person, passwords[person]));
    // Enough of everything was seen.
    expect(statuses.get(200)).toBeGreaterThan(100);
    for (const status of [204, 401, 403, 404, 422, 500].filter((each) => later || each !== 500))
      expect(statuses.get(status)).toBeGreaterThan(0);
  });
});
