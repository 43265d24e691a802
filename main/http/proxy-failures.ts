import { type Failure, GatehouseError } from '#contract/failure.ts';
import type { ProxyTrouble } from './proxy-tunnel.ts';
import { plainText } from './redact.ts';

type Said = Pick<Failure, 'message' | 'advice'> & { kind?: 'tls' };

const settings = 'Settings, Network';

/** `detail` is the status that the proxy answered with, where it did. */
const troubles: Record<ProxyTrouble, (proxy: string, host: string, detail: string) => Said> = {
  UNREACHABLE: (proxy, host) => ({
    message: `The proxy ${proxy} can’t be reached or does not answer, so nothing was sent to ${host}.`,
    advice: `Check that this computer is in the network that the proxy belongs to, and its address under ${settings}.`,
  }),
  CERTIFICATE: (proxy, host) => ({
    kind: 'tls',
    message: `The proxy ${proxy} could not prove that it is the right one, so nothing was sent to ${host}.`,
    advice: `Its certificate comes from an authority that this computer does not know, has expired, or is for another name. Your company’s authority may be missing: ${settings}.`,
  }),
  NO_PROXY: (proxy, host) => ({
    message: `${proxy} is no proxy, or one of another kind: it did not open the way to ${host}.`,
    advice: `Check the proxy’s address and kind under ${settings}.`,
  }),
  SIGN_IN_WANTED: (proxy) => ({
    message: `The proxy ${proxy} asks for a user name and a password.`,
    advice: `Sign in to it under ${settings}, then try again.`,
  }),
  SIGN_IN_REFUSED: (proxy) => ({
    message: `The proxy ${proxy} does not accept the user name and password that are stored for it.`,
    advice: `Type them anew under ${settings}. They are not sent again until then, so that the proxy locks nobody out.`,
  }),
  SIGN_IN_UNKNOWN: (proxy) => ({
    message: `The proxy ${proxy} asks for a sign-in that Gatehouse can’t do: it knows user name and password (Basic) only.`,
    advice:
      'Ask whoever runs the proxy for a way without a sign-in, or for one with a user name and password.',
  }),
  REFUSES: (proxy, host, detail) => ({
    message: `The proxy ${proxy} does not let Gatehouse reach ${host}${statusIn(detail)}.`,
    advice: 'Ask whoever runs the proxy to allow this address.',
  }),
  IN_VAIN: (proxy, host, detail) => ({
    message: `The proxy ${proxy} could not reach ${host}${statusIn(detail)}.`,
    advice: 'Check the address. If it is right, the server is down or the proxy does not know its name.',
  }),
  NO_WAY: (_, host) => ({
    message: `No way to ${host} could be found: this computer’s proxy settings name none that Gatehouse knows.`,
    advice: `Ask whoever set them up, or choose the proxy yourself under ${settings}.`,
  }),
};

const statusIn = (detail: string) => (detail === '' ? '' : ` (status ${detail})`);

/** The failure that a ProxyFault's code stands for, as nothing of the request has left; null for any other code. */
export function proxyFailure(code: string, host: string): GatehouseError | null {
  const [mark, trouble = '', proxy = '', detail = ''] = code.split(' ');
  if (mark !== 'GATEHOUSE_PROXY' || !Object.hasOwn(troubles, trouble)) return null;
  const said = troubles[trouble as ProxyTrouble](plainText(proxy, 100), host, detail);
  return new GatehouseError({ kind: 'network', ...said });
}
