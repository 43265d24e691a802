import http from 'node:http';
import nodeFetch from 'node-fetch';
import { createNetwork } from '#http/client.ts';
import { enhanceClient } from '../../main/vendors/enhance/api/client.ts';
import { startPracticeServers } from './practice.ts';
import { median, type Row, row } from './row.ts';

const rounds = 400;
const warmUp = 100;

/** Sign in, who am I, sign out at the Enhance practice server: through our client, by bare node-fetch, and by `node:http`. */
export async function measure(): Promise<Row[]> {
  const practice = await startPracticeServers('--only', 'enhance');
  const { url, people } = practice.of('enhance');
  const { identity: email, password = '' } = people.find((person) => person.label === 'Nora Lindholm')!;
  const agent = new http.Agent({ keepAlive: true });
  const network = createNetwork();

  async function byClient() {
    const client = enhanceClient(network.open({ baseUrl: url, userAgent: 'Gatehouse bench' }));
    await client.createSession({ email, password });
    await client.getLogin();
    await client.deleteCurrentSession();
  }

  const by = (send: Send) => async () => {
    const opened = await send('POST', `${url}/login/sessions`, {}, JSON.stringify({ email, password }));
    const cookie = opened.map((one) => one.split(';')[0]).join('; ');
    await send('GET', `${url}/login`, { cookie });
    await send('DELETE', `${url}/login/sessions/current`, { cookie });
  };
  const byNodeFetch = by(fetching(agent));
  const byNodeHttp = by(requesting(agent));

  const times: Record<'ours' | 'nodeFetch' | 'nodeHttp', number[]> = {
    ours: [],
    nodeFetch: [],
    nodeHttp: [],
  };
  for (let round = -warmUp; round < rounds; round += 1) {
    // Each goes first every third time.
    const turns = [
      () => timed(byClient, times.ours),
      () => timed(byNodeFetch, times.nodeFetch),
      () => timed(byNodeHttp, times.nodeHttp),
    ];
    for (let turn = 0; turn < turns.length; turn += 1) await turns[(turn + round + warmUp) % turns.length]!();
    if (round < 0) for (const list of Object.values(times)) list.length = 0;
  }
  network.close();
  agent.destroy();
  await practice.stop();
  const note = (limit: string) =>
    `sign in, who am I, sign out; limit: the same by ${limit}; medians of ${rounds}`;
  const value = median(times.ours);
  return [
    row('client', { value, unit: 'ms', limit: median(times.nodeFetch), aim: 1.15, note: note('node-fetch') }),
    row('client-bare', { value, unit: 'ms', limit: median(times.nodeHttp), aim: 2, note: note('node:http') }),
  ];
}

async function timed(work: () => Promise<void>, into: number[]) {
  const started = performance.now();
  await work();
  into.push(performance.now() - started);
}

/** Sends one request, reads and parses its answer; returns the cookies that it sets. Throws for a status over 299. */
type Send = (
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: string,
) => Promise<readonly string[]>;

const typeOf = (body: string | undefined): Record<string, string> =>
  body ? { 'content-type': 'application/json' } : {};

const fetching =
  (agent: http.Agent): Send =>
  async (method, url, headers, body) => {
    const answer = await nodeFetch(url, { agent, method, headers: { ...headers, ...typeOf(body) }, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`);
    if (text) JSON.parse(text);
    return answer.headers.raw()['set-cookie'] ?? [];
  };

const requesting =
  (agent: http.Agent): Send =>
  (method, url, headers, body) =>
    new Promise((done, fail) => {
      const length = body ? { 'content-length': Buffer.byteLength(body) } : {};
      const asked = { agent, method, headers: { ...headers, ...typeOf(body), ...length } };
      const request = http.request(url, asked, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((answer.statusCode ?? 0) >= 300)
            return fail(new Error(`${method} ${url}: ${answer.statusCode}`));
          if (text) JSON.parse(text);
          done(answer.headers['set-cookie'] ?? []);
        });
      });
      request.on('error', fail).end(body);
    });
