import { createServer } from 'node:https';
import { WebSocket, WebSocketServer } from 'ws';
import { createAgents } from '#http/agents.ts';
import { openSocket } from '../../../../main/vendors/nextauth/session/socket.ts';
import { makeCertificate } from '../../http/fixture.ts';

/** Opens a websocket to a server with a certificate of its own: by a plain client, then as Gatehouse does. Says what came of each. */
const { key, cert } = await makeCertificate({ ip: '127.0.0.1' });
const https = createServer({ key, cert });
new WebSocketServer({ server: https });
await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
const address = https.address();
const url = `wss://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;

const plain = await new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.on('open', () => resolve('open')).on('error', () => resolve('closed'));
});
const ours = await new Promise((resolve) => {
  openSocket({
    ...{ url, userAgent: 'test', hsid: 'aHNpZA==', serverId: 'AAAA' },
    agentFor: createAgents({ connectTimeout: 10_000 }).for,
    onOpen: () => resolve('open'),
    onFrame: () => {},
    onClose: () => resolve('closed'),
  });
});
console.log(`plain client ${plain}, Gatehouse ${ours}`);
process.exit(0);
