import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { trustAuthorities } from './authorities.ts';
import { type Hop, parseRoute, proxyName } from './proxy-route.ts';
import { openTunnel, ProxyFault, type ProxySignIn } from './proxy-tunnel.ts';
import { strictTls } from './strict-tls.ts';

type Created = Duplex | null | undefined;

/** What is known of the proxies of this machine. */
export interface Proxies {
  /** The ways to an address, as a proxy script answers: "PROXY a:8080; DIRECT". */
  resolve(url: URL): Promise<string>;
  /** The stored sign-in of a proxy; null where there is none, or where the proxy has refused it. */
  signInOf(proxy: string): ProxySignIn | null;
  /** The proxy wants a sign-in (`refused`: another one), or has accepted the one that it was given. */
  signInWanted(proxy: string, refused: boolean): void;
  signInAccepted(proxy: string): void;
  /** Whether the sign-in that is stored now has been accepted before. */
  isAccepted(proxy: string): boolean;
}

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
  /** Opens the way to the server; absent, or answering null, where it is straight. */
  tunnel: ((target: { host: string; port: number }) => Promise<Duplex | null>) | null = null;

  override createConnection(
    options: https.RequestOptions,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Created {
    const connect = (way: Duplex | null) => {
      const over = way ? { ...options, socket: way } : options;
      return limitConnect(super.createConnection(over), 'secureConnect', this.connectTimeout);
    };
    if (!this.tunnel) return connect(null);
    const told = done as (error: Error | null, stream?: Duplex) => void;
    const target = { host: options.host ?? '', port: Number(options.port) };
    this.tunnel(target).then(
      (way) => told(null, connect(way) ?? undefined),
      (error: Error) => told(error),
    );
    return undefined;
  }
}

/** Ways that are kept open side by side: a script may name another proxy for each server. */
const mostRoutes = 20;

interface AgentOptions {
  /** ms */
  connectTimeout: number;
  /** PEM, trusted beside the usual authorities. */
  extraCa?: string;
  /** Absent: every way is straight. */
  proxies?: Proxies;
}

/** Keep-alive agents for both schemes; https goes through a proxy where one is named, plain http (this computer) never. */
export function createAgents({ connectTimeout, extraCa, proxies }: AgentOptions) {
  const keepAlive = { keepAlive: true, keepAliveMsecs: 10_000, maxFreeSockets: 8, noDelay: true };
  const plain = new PlainAgent(keepAlive);
  plain.connectTimeout = connectTimeout;
  const routes = new Map<string, TlsAgent>();
  /** By proxy: the first tunnel with a sign-in that is not known to be right; others wait for what comes of it. */
  const trials = new Map<string, Promise<unknown>>();

  function secureAgent(tunnel: TlsAgent['tunnel']): TlsAgent {
    const agent = new TlsAgent({
      ...keepAlive,
      ...strictTls,
      ...(extraCa ? { ca: [...tls.getCACertificates('default'), extraCa] } : {}),
    });
    agent.connectTimeout = connectTimeout;
    agent.tunnel = tunnel;
    return agent;
  }

  /** The agent of a way; without proxies it is the straight one's. */
  function agentFor(answer: string): TlsAgent {
    const hops = parseRoute(answer);
    const key = hops.map((hop) => `${hop.kind} ${proxyName(hop)}`).join(';');
    const known = routes.get(key);
    if (known) return known;
    const straight = hops.length > 0 && hops[0]!.kind === 'direct';
    const made = secureAgent(straight ? null : through(hops));
    routes.set(key, made);
    for (const [oldest, agent] of routes) {
      if (routes.size <= mostRoutes) break;
      routes.delete(oldest);
      retire(agent);
    }
    return made;
  }

  /** Tries the ways in their order, from then on the one first that was open. */
  function through(hops: Hop[]): NonNullable<TlsAgent['tunnel']> {
    let first = 0;
    return async (target) => {
      let fault = new ProxyFault('NO_WAY', '');
      for (let tried = 0; tried < hops.length; tried += 1) {
        const at = (first + tried) % hops.length;
        try {
          const way = await open(hops[at]!, target, connectTimeout / (hops.length - tried));
          first = at;
          return way;
        } catch (error) {
          if (!(error instanceof ProxyFault)) throw error;
          fault = error;
          // A proxy that answers is there: another one is asked only where this one can't be.
          if (error.trouble !== 'UNREACHABLE') break;
        }
      }
      throw fault;
    };
  }

  async function open(hop: Hop, target: { host: string; port: number }, ms: number) {
    if (hop.kind === 'direct' || !proxies) return null;
    const proxy = proxyName(hop);
    // A wrong password is sent once and not by twelve at a time: proxies lock people out.
    while (trials.has(proxy)) await trials.get(proxy);
    const signIn = proxies.signInOf(proxy);
    const opening = tell(openTunnel(hop, target, signIn, ms), proxy, signIn !== null);
    if (signIn && !proxies.isAccepted(proxy)) {
      const over = () => trials.delete(proxy);
      trials.set(proxy, opening.then(over, over));
    }
    return opening;
  }

  async function tell<T>(opening: Promise<T>, proxy: string, signedIn: boolean): Promise<T> {
    try {
      const way = await opening;
      if (signedIn) proxies?.signInAccepted(proxy);
      return way;
    } catch (error) {
      const trouble = error instanceof ProxyFault ? error.trouble : null;
      if (trouble === 'SIGN_IN_WANTED' || trouble === 'SIGN_IN_REFUSED')
        proxies?.signInWanted(proxy, trouble === 'SIGN_IN_REFUSED');
      throw error;
    }
  }

  return {
    /** Where requests to this address go out; reads nothing of a proxy before the first of them. */
    async for(url: URL): Promise<http.Agent> {
      if (url.protocol !== 'https:' && url.protocol !== 'wss:') return plain;
      trustAuthorities();
      return agentFor(proxies ? await proxies.resolve(url) : 'DIRECT');
    },
    /** What is under way ends as it began; whatever comes then makes its connection anew. */
    renew() {
      for (const agent of routes.values()) retire(agent);
      routes.clear();
    },
    close() {
      plain.destroy();
      for (const agent of routes.values()) agent.destroy();
    },
  };
}

/** Lets go of an agent whose sockets may be in use still: they are closed when they are free. */
function retire(agent: TlsAgent): void {
  agent.maxFreeSockets = 0;
  for (const free of Object.values(agent.freeSockets)) for (const socket of free ?? []) socket.destroy();
}

export type Agents = ReturnType<typeof createAgents>;
