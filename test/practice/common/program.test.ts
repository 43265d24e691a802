import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { readArguments } from '../../../practice/common/program.ts';
import { startPractice } from '../../../practice/index.ts';
import { Visitor } from './kit.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const node = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));
const program = fileURLToPath(new URL('../../../practice/index.ts', import.meta.url));

interface Ready {
  type: string;
  reason?: string;
  servers: {
    vendor: string;
    url: string;
    approvalUrl: string | null;
    people: { account: { values: Record<string, string> } }[];
  }[];
  inboxUrl: string;
  phoneUrl: string | null;
}

/** ms that the process stood in line behind others, where the system tells; proc(5), schedstat. */
function waitedForProcessor(pid?: number): number {
  const file = `/proc/${pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6 : 0;
}

describe('the practice program', () => {
  let child: ChildProcess | null = null;
  afterEach(() => {
    if (child?.exitCode === null) child.kill('SIGKILL');
    child = null;
  });

  function start(...args: string[]): Promise<Ready> {
    child = fork(program, args, { execPath: node, execArgv: [], stdio: 'ignore' });
    return once(child, 'message').then(([message]) => message as Ready);
  }

  test('starts all four in under 2 s, reports to its parent and ends on {type: close}', async () => {
    const before = performance.now();
    const ready = await start('--cyclos', 'both', '--logins', '100000');
    const took = performance.now() - before - waitedForProcessor(child?.pid);
    expect(ready.type).toBe('ready');
    expect(ready.servers.map((server) => server.vendor)).toEqual([
      ...['enhance', 'cyclos', 'cyclos', 'nextauth', 'koyeb'],
    ]);
    expect(ready.phoneUrl).toMatch(/\/phone$/);
    const approvals = ready.servers.map(({ approvalUrl }) => approvalUrl && new URL(approvalUrl).pathname);
    expect(approvals).toEqual([null, '/__practice/device', null, '/phone', null]);
    for (const { approvalUrl } of ready.servers)
      if (approvalUrl) expect((await fetch(approvalUrl)).status).toBe(200);
    for (const server of ready.servers) {
      expect((await fetch(new URL('/__practice/people', server.url))).status).toBe(200);
      for (const person of server.people)
        expect(person.account.values.baseUrl).toContain('http://127.0.0.1:');
    }
    expect(await (await fetch(ready.inboxUrl)).text()).toContain('Practice inbox');
    const home = await (await fetch(new URL('/', ready.inboxUrl))).text();
    expect(home).toContain('nora@northwind.example');
    expect(took).toBeLessThan(2000);
    child?.send({ type: 'close' });
    expect(await once(child!, 'exit')).toEqual([0, null]);
    await expect(fetch(ready.inboxUrl)).rejects.toThrow();
  });

  test('ends when the parent goes away', async () => {
    await start('--only', 'koyeb');
    child?.disconnect();
    expect(await once(child!, 'exit')).toEqual([0, null]);
  });

  test('says why when a port is taken, and ends', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const failed = await start('--only', 'enhance,koyeb', '--port-koyeb', port);
    expect(failed).toEqual({ type: 'failed', reason: expect.stringContaining('EADDRINUSE') });
    if (child?.exitCode === null) await once(child, 'exit');
    expect(child?.exitCode).toBe(1);
    holder.close();
  });

  test('prints addresses, people and the inbox when a person starts it', async () => {
    child = spawn(process.execPath, ['scripts/practice.mjs', '--only', 'enhance,koyeb'], {
      ...{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    });
    let printed = '';
    for await (const chunk of child.stdout!) {
      printed += chunk;
      if (printed.includes('Ctrl+C')) break;
    }
    expect(printed).toMatch(/enhance {2}http:\/\/127\.0\.0\.1:\d+\/api/);
    expect(printed).toMatch(/authenticatorSecret +[A-Z2-7]{32}/);
    expect(printed).toMatch(/inbox {2}http:.*\/inbox/);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('refuses arguments it does not know', () => {
    expect(() => readArguments(['--only', 'enhanced'])).toThrow('enhanced');
    expect(() => readArguments(['--logins', '100001'])).toThrow('--logins');
    expect(() => readArguments(['--port-koyeb', 'x'])).toThrow('--port-koyeb');
    expect(() => readArguments(['--cyclos', '4.12'])).toThrow('--cyclos');
    expect(() => readArguments(['--nonsense'])).toThrow();
    expect(readArguments(['--cyclos', 'both', '--seed', 's'])).toMatchObject({ cyclos: 'both', seed: 's' });
  });
});

describe('startPractice', () => {
  test('shares one clock and inbox, and shows letters as a page and as JSON', async () => {
    const practice = await startPractice({ only: ['enhance', 'koyeb'], seed: 'page' });
    const enhance = new Visitor(practice.servers[0]!);
    await enhance.call('POST', '/login/sessions', {
      email: 'amir@northwind.example',
      password: 'quiet-meadow-21',
    });
    practice.inbox.send({
      ...{ medium: 'sms', to: '+3100', from: 'x', subject: '<b>&"', text: 't', vendor: 'cyclos', at: 0 },
    });
    const json = await (await fetch(`${practice.inboxUrl}.json?to=amir@northwind.example`)).json();
    expect(json).toMatchObject([{ number: 1, code: expect.stringMatching(/^\d{6}$/), vendor: 'enhance' }]);
    const html = await (await fetch(practice.inboxUrl)).text();
    expect(html).toContain((json as { code: string }[])[0]?.code);
    expect(html).toContain('&#60;b&#62;');
    expect(html).not.toContain('<b>');
    await practice.close();
  });

  test('keeps people and gives new tokens in a new run; replays with a seed', async () => {
    const run = async (seed?: string) => {
      const practice = await startPractice({ only: ['koyeb'], ...(seed && { seed }) });
      const person = practice.servers[0]!.people[0]!;
      const { email, password } = person.account.values;
      const visitor = new Visitor(practice.servers[0]!);
      const { json } = await visitor.call('POST', '/v1/account/login', { email, password });
      const id = practice.servers[0]!.sessions()[0]?.id;
      await practice.close();
      return { user: (json as { token: { user_id: string } }).token.user_id, id };
    };
    const [first, second] = [await run(), await run()];
    expect(first.user).toBe(second.user);
    expect(first.id).not.toBe(second.id);
    expect(await run('same')).toEqual(await run('same'));
  });
});
