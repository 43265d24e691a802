import http from 'node:http';
import { createNetwork } from '#http/client.ts';
import { enhanceClient } from '../../main/vendors/enhance/api/client.ts';
import { startPracticeServers } from './practice.ts';
import { median, type Row, row } from './row.ts';

const rounds = 400;
const warmUp = 100;

/** Sign in, who am I, sign out at the Enhance practice server: through our client, and by bare `node:http`. */
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

  async function bare() {
    const opened = await send(
      agent,
      'POST',
      `${url}/login/sessions`,
      {},
      JSON.stringify({ email, password }),
    );
    const cookie = (opened.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
    await send(agent, 'GET', `${url}/login`, { cookie });
    await send(agent, 'DELETE', `${url}/login/sessions/current`, { cookie });
  }

  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    // Each goes first every other time.
    const turns = [() => timed(byClient, ours), () => timed(bare, theirs)];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    if (round < 0) ours.length = theirs.length = 0;
  }
  network.close();
  agent.destroy();
  await practice.stop();
  return [
    row('client', {
      value: median(ours),
      unit: 'ms',
      limit: median(theirs),
      aim: 2,
      note: `sign in, who am I, sign out; limit: the same by node:http; medians of ${rounds}`,
    }),
  ];
}

async function timed(work: () => Promise<void>, into: number[]) {
  const started = performance.now();
  await work();
  into.push(performance.now() - started);
}

function send(
  agent: http.Agent,
  method: string,
  url: string,
  headers: http.OutgoingHttpHeaders,
  body?: string,
): Promise<http.IncomingMessage> {
  return new Promise((done, fail) => {
    const type = body
      ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      : {};
    const request = http.request(url, { agent, method, headers: { ...headers, ...type } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if ((answer.statusCode ?? 0) >= 300) return fail(new Error(`${method} ${url}: ${answer.statusCode}`));
        if (text) JSON.parse(text);
        done(answer);
      });
    });
    request.on('error', fail).end(body);
  });
}
