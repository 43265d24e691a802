import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

type Created = Duplex | null | undefined;

/** Node's agents have no limit on the time to connect; this destroys a socket that has not connected in time. */
function limitConnect(socket: Created, event: 'connect' | 'secureConnect', ms: number): Created {
  if (!socket) return socket;
  const timer = setTimeout(() => {
    socket.destroy(
      Object.assign(new Error('connecting took too long'), { code: 'GATEHOUSE_CONNECT_TIMEOUT' }),
    );
  }, ms);
  const stop = () => clearTimeout(timer);
  socket.once(event, stop).once('close', stop);
  return socket;
}

class PlainAgent extends http.Agent {
  connectTimeout = 0;
  override createConnection(
    options: http.ClientRequestArgs,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Created {
    return limitConnect(super.createConnection(options, done), 'connect', this.connectTimeout);
  }
}

class TlsAgent extends https.Agent {
  connectTimeout = 0;
  override createConnection(
    options: https.RequestOptions,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Created {
    return limitConnect(super.createConnection(options, done), 'secureConnect', this.connectTimeout);
  }
}

/** Said where a connection is made, as a variable of the environment (NODE_TLS_REJECT_UNAUTHORIZED) may have changed the usual. */
export const strictTls = { minVersion: 'TLSv1.2', rejectUnauthorized: true } as const;

/** Keep-alive agents for both schemes. `extraCa` (PEM) is trusted beside the usual authorities. Times in ms. */
export function createAgents(options: { connectTimeout: number; extraCa?: string }) {
  const keepAlive = { keepAlive: true, keepAliveMsecs: 10_000, maxFreeSockets: 8, noDelay: true };
  const plain = new PlainAgent(keepAlive);
  const secure = new TlsAgent({
    ...keepAlive,
    ...strictTls,
    ...(options.extraCa ? { ca: [...tls.getCACertificates('default'), options.extraCa] } : {}),
  });
  plain.connectTimeout = options.connectTimeout;
  secure.connectTimeout = options.connectTimeout;
  return {
    for: (url: URL) => (url.protocol === 'https:' ? secure : plain),
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

export type Agents = ReturnType<typeof createAgents>;
