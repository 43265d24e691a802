import { afterEach, describe, expect, test } from 'vitest';
import { openCyclos } from './kit.ts';

interface Agreement {
  id: string;
  internalName: string;
  content?: string;
  contentVersion?: number;
}

describe('agreements of Cyclos', () => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  afterEach(() => cyclos.server.close());
  const pendingOf = async (as: Record<string, string>) =>
    (await cyclos.client.call('GET', '/agreements/pending', as)).json as Agreement[];

  test('have their text in them in 4.11', async () => {
    cyclos = await openCyclos('4.11');
    const [terms, privacy] = await pendingOf(await cyclos.client.session('agnes', 'Steps-2026'));
    expect(terms).toMatchObject({ internalName: 'terms', contentVersion: 2 });
    expect(terms?.content).toContain('<h2>What you may do</h2>');
    expect(privacy).toMatchObject({ contentVersion: 1 });
  });

  test('are read one by one in 4.16, in each version', async () => {
    cyclos = await openCyclos('4.16');
    const agnes = await cyclos.client.session('agnes', 'Steps-2026');
    const [terms] = await pendingOf(agnes);
    expect(terms).toMatchObject({ internalName: 'terms', required: true });
    expect(terms).not.toHaveProperty('content');
    const read = (query = '') => cyclos.client.call('GET', `/agreements/${terms?.id}/content${query}`, agnes);
    expect((await read()).body).toMatchObject({
      agreement: terms,
      content: expect.stringContaining('<a href="https://terms.example/left-coast">'),
      contentVersion: 2,
      lastVersion: 2,
    });
    expect((await read('?version=1')).body).toMatchObject({ contentVersion: 1, lastVersion: 2 });
    expect((await read('?version=3')).status).toBe(404);
    expect((await cyclos.client.call('GET', '/agreements/nothing/content')).status).toBe(404);
  });

  test('tell who has accepted what, and when', async () => {
    cyclos = await openCyclos('4.16');
    const alice = await cyclos.client.session('alice');
    const agnes = await cyclos.client.session('agnes', 'Steps-2026');
    const look = async (user: string, as: Record<string, string>) =>
      (await cyclos.client.call('GET', `/${user}/agreements`, as)).body;
    expect(await look('agnes', alice)).toMatchObject({ accepted: {}, history: [], canEdit: false });
    const [terms] = await pendingOf(agnes);
    const accept = (query: string) => cyclos.client.call('POST', `/agreements/accept${query}`, agnes);
    expect((await accept('?agreements=nothing')).status).toBe(404);
    await accept('?agreements=terms');
    const after = await look('agnes', alice);
    expect(Object.entries(after.accepted as object)).toEqual([
      [terms?.id, { acceptedVersion: 2, date: expect.any(String) }],
    ]);
    expect(after.history).toMatchObject([{ accepted: true, remoteAddress: '127.0.0.1' }]);
    await accept('?agreements=privacy');
    const optional = async (query: string) =>
      (await cyclos.client.call('POST', `/agreements/optional${query}`, agnes)).status;
    expect(await optional('?agreements=newsletter')).toBe(204);
    expect(await optional('')).toBe(204);
    const own = await look('self', agnes);
    expect(own.history).toMatchObject([
      { accepted: false },
      { accepted: true },
      { accepted: true },
      { accepted: true },
    ]);
    expect((own.history as object[])[0]).not.toHaveProperty('remoteAddress');
    expect(Object.keys(own.accepted as object).length).toBe(2);
  });
});
