import { GatehouseError } from '#contract/failure.ts';
import type { ProxySettings } from '#contract/shapes.ts';

const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'socks4:', 'socks5:']);
const mostExceptions = 100;

/**
 * What a person typed of a proxy, tidied: the address as "scheme://host:port", the exceptions separated by ", ". Throws
 * `invalid` (fields `address` and `exceptions`) for what is none; where the proxy is not a manual one both may be empty.
 */
export function checkProxy({ mode, address, exceptions }: ProxySettings): ProxySettings {
  return {
    mode,
    address: address.trim() === '' && mode !== 'manual' ? '' : checkAddress(address),
    exceptions: checkExceptions(exceptions),
  };
}

function refuse(field: 'address' | 'exceptions', sentence: string): never {
  throw new GatehouseError({ kind: 'invalid', message: sentence, fields: { [field]: sentence } });
}

function checkAddress(text: string): string {
  const typed = text.trim();
  if (typed === '') refuse('address', 'Type the address of the proxy, such as proxy.example.com:8080.');
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*:)/.exec(whole.toLowerCase()) ?? [];
  if (!schemes.has(scheme))
    refuse('address', 'A proxy’s address begins with http://, https://, socks4:// or socks5://.');
  // A scheme without a usual port, so that the port stays as it is written.
  const url = URL.parse(`proxy${whole.slice(scheme.length - 1)}`);
  if (!url || url.hostname === '')
    refuse('address', 'This is not an address. It should look like proxy.example.com:8080.');
  if (url.username || url.password)
    refuse('address', 'Leave user name and password out: Gatehouse asks for them when the proxy does.');
  if (/[^/]/.test(url.pathname) || url.search || url.hash)
    refuse('address', 'A proxy’s address ends with its port.');
  if (url.port === '') refuse('address', 'Type the proxy’s port, too: proxy.example.com:8080.');
  return `${scheme}//${url.host.toLowerCase()}`;
}

/** A host with or without port or scheme, "*.example.com", "10.0.0.0/8", or one of Chromium's two words. */
const exception = /^(<local>|<-loopback>|([a-z]+:\/\/)?[\w*.:[\]-]{1,255}(\/\d{1,3})?)$/i;

function checkExceptions(text: string): string {
  const all = text.split(/[\s,;]+/).filter((one) => one !== '');
  if (all.length > mostExceptions) refuse('exceptions', `Up to ${mostExceptions} exceptions are possible.`);
  const wrong = all.find((one) => !exception.test(one));
  if (wrong !== undefined)
    refuse('exceptions', `“${wrong.slice(0, 60)}” is no host: write intranet.example.com or *.example.com.`);
  return [...new Set(all)].join(', ');
}

/** Whether even this computer's own addresses go through the proxy. */
export const includesLoopback = ({ mode, exceptions }: ProxySettings): boolean =>
  mode === 'manual' && exceptions.split(', ').includes('<-loopback>');
