/** One way to a server: straight, or through a proxy. */
export interface Hop {
  kind: 'direct' | 'http' | 'https' | 'socks4' | 'socks5';
  /** '' for `direct`. */
  host: string;
  port: number;
}

const kinds: Record<string, { kind: Hop['kind']; port: number }> = {
  DIRECT: { kind: 'direct', port: 0 },
  PROXY: { kind: 'http', port: 80 },
  HTTP: { kind: 'http', port: 80 },
  HTTPS: { kind: 'https', port: 443 },
  SOCKS: { kind: 'socks4', port: 1080 },
  SOCKS4: { kind: 'socks4', port: 1080 },
  SOCKS5: { kind: 'socks5', port: 1080 },
};

/** Ways that are tried, and characters that are read: a script that anybody may have written makes this list. */
const mostHops = 6;
const longest = 2_000;

/**
 * The ways that a proxy script's answer names ("PROXY a:8080; DIRECT"), the first to be tried first; of what it says that no
 * script may say, nothing is kept. An empty answer is straight; one of which nothing is kept is an empty list.
 */
export function parseRoute(answer: string): Hop[] {
  if (answer.trim() === '') return [{ kind: 'direct', host: '', port: 0 }];
  const entries = answer.slice(0, longest).split(';').slice(0, mostHops);
  return entries.flatMap((entry) => hopOf(entry.trim()) ?? []);
}

function hopOf(entry: string): Hop | null {
  const [word = '', address = '', ...rest] = entry.split(/\s+/);
  const name = word.toUpperCase();
  const known = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!known || rest.length > 0) return null;
  if (known.kind === 'direct') return address === '' ? { kind: 'direct', host: '', port: 0 } : null;
  return proxyAt(known.kind, known.port, address);
}

function proxyAt(kind: Hop['kind'], usualPort: number, address: string): Hop | null {
  // A scheme without a usual port, so that the port stays as it is written.
  const url = URL.parse(`proxy://${address}`);
  if (!url || url.hostname === '' || url.username || url.password) return null;
  if (url.pathname !== '' || url.search || url.hash) return null;
  return { kind, host: url.hostname.toLowerCase(), port: url.port === '' ? usualPort : Number(url.port) };
}

/** How a proxy is named to the person, and how its sign-in is filed: "proxy.example:8080". */
export const proxyName = ({ host, port }: Hop): string => `${host}:${port}`;
