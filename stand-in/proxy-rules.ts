import { BlockList, isIP } from 'node:net';
import type * as Electron from 'electron';

/** What main has set of a session's proxy; `system` reads the environment, as Chromium does where there is no desktop. */
export interface ProxyRules {
  mode: 'system' | 'direct' | 'fixed_servers';
  /** "http://proxy.example:8080", or without a scheme. */
  server: string;
  bypass: string;
}

export const systemProxy: ProxyRules = { mode: 'system', server: '', bypass: '' };

export function rulesOf({ mode, proxyRules = '', proxyBypassRules = '' }: Electron.ProxyConfig): ProxyRules {
  if (mode === 'pac_script' || mode === 'auto_detect')
    throw new Error(`host: session.setProxy with ${mode} is not offered by the stand-in host`);
  const usual = proxyRules === '' ? 'direct' : 'fixed_servers';
  return { mode: mode ?? usual, server: proxyRules, bypass: proxyBypassRules };
}

const words: Record<string, string> = {
  'http:': 'PROXY',
  'https:': 'HTTPS',
  'socks:': 'SOCKS',
  'socks4:': 'SOCKS',
  'socks5:': 'SOCKS5',
};

/** As Chromium answers: "PROXY proxy.example:8080", or DIRECT. */
export function wayTo(rules: ProxyRules, address: string): string {
  const url = new URL(address);
  const { server, bypass } = rules.mode === 'system' ? ofEnvironment(url) : rules;
  if (rules.mode === 'direct' || server === '' || isBypassed(url, bypass)) return 'DIRECT';
  const proxy = new URL(/^[a-z0-9]+:\/\//.test(server) ? server : `http://${server}`);
  // URL drops a port that is the scheme's usual one.
  const port = proxy.port || (proxy.protocol === 'https:' ? '443' : '80');
  return `${words[proxy.protocol] ?? 'PROXY'} ${proxy.hostname}:${port}`;
}

function ofEnvironment({ protocol }: URL): { server: string; bypass: string } {
  const named = (name: string) => process.env[name] ?? process.env[name.toUpperCase()] ?? '';
  const server = (protocol === 'http:' ? named('http_proxy') : named('https_proxy')) || named('all_proxy');
  return { server, bypass: named('no_proxy') };
}

/** Chromium's grammar of exceptions, but for schemes; this computer's own addresses are one, unless "<-loopback>" stands there. */
function isBypassed(url: URL, bypass: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const rules = bypass.split(/[,;\s]+/).filter((rule) => rule !== '');
  const loopback =
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\./.test(host);
  if (loopback && !rules.includes('<-loopback>')) return true;
  return rules.some((rule) => fits(rule, host, url.port || (url.protocol === 'http:' ? '80' : '443')));
}

function fits(rule: string, host: string, port: string): boolean {
  if (rule === '<local>') return !host.includes('.') && !isIP(host);
  const [, network, bits] = /^([\da-f.:]+)\/(\d+)$/i.exec(rule) ?? [];
  if (network && bits) return isIP(host) !== 0 && within(network, Number(bits), host);
  const [, name = '', ownPort] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(rule) ?? [];
  if (ownPort && ownPort !== port) return false;
  const pattern = name.replace(/^\[|\]$/g, '').replace(/^\./, '*.');
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i').test(host);
}

function within(network: string, bits: number, host: string): boolean {
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(host) !== isIP(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(host, family);
}
