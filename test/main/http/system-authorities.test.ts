import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { json, makeAuthority, makeCertificate } from './fixture.ts';

const at = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../../main/${path}`, import.meta.url)));

/* On Linux these name the system's store, so that a test can have one of its own. */
test.skipIf(process.platform !== 'linux')(
  'a server whose authority only the system knows is believed, by HTTP and websocket; one that nobody knows is not',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-authorities-'));
    const authority = await makeAuthority();
    const { key, cert } = await makeCertificate({ ip: '127.0.0.1' }, authority);
    const server = createServer({ key, cert }, (_request, response) => json(response, 200, { ok: true }));
    const sockets = new WebSocketServer({ server });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = join(folder, 'ca.pem');
    writeFileSync(file, authority.cert);
    const bySocket = `
      const { openSocket } = await import(${at('vendors/nextauth/session/socket.ts')});
      const { createAgents } = await import(${at('http/agents.ts')});
      const agentFor = createAgents({ connectTimeout: 10_000 }).for;
      const url = ${JSON.stringify(`wss://${host}/`)};
      const end = (answer) => (console.log(answer), process.exit());
      openSocket({ url, agentFor, userAgent: 'x', hsid: 'a', serverId: 'b', onFrame() {},
        onOpen: () => end('opened'), onClose: () => end('refused') });`;
    const byHttp = `
      import { z } from 'zod';
      const { createNetwork } = await import(${at('http/client.ts')});
      const schema = z.object({ ok: z.boolean() });
      const connection = createNetwork({}).open({ baseUrl: ${JSON.stringify(`https://${host}`)}, userAgent: 'x' });
      await connection.send({ operation: 'get', method: 'GET', path: [], body: { kind: 'json', schema } })
        .then(() => console.log('opened'), (error) => console.log(error.failure.kind));
      process.exit();`;
    const ask = async (script: string, env: Record<string, string>) => {
      const options = {
        cwd: fileURLToPath(new URL('../../..', import.meta.url)),
        env: { ...process.env, ...env },
      };
      const args = ['--no-warnings', '--input-type=module', '-e', script];
      return (await promisify(execFile)(process.execPath, args, options)).stdout.trim();
    };
    try {
      const known = { SSL_CERT_FILE: file, SSL_CERT_DIR: folder };
      const unknown = { SSL_CERT_FILE: '/nowhere', SSL_CERT_DIR: '/nowhere' };
      expect(await ask(byHttp, known)).toBe('opened');
      expect(await ask(bySocket, known)).toBe('opened');
      expect(await ask(byHttp, unknown)).toBe('tls');
      expect(await ask(bySocket, unknown)).toBe('refused');
    } finally {
      sockets.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
