import type { z } from 'zod';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import { lookUp } from '#lib/look-up.ts';
import { validMoment } from '#lib/valid-moment.ts';
import { proxyFailure } from './proxy-failures.ts';
import { plainText } from './redact.ts';
import type { Blot } from './types.ts';

type Said = Pick<Failure, 'kind' | 'message' | 'advice'>;

const askOwner = 'If the address is right, whoever runs the server has to put its certificate in order.';

/** Codes of Node's sockets, resolver, TLS and HTTP parser, in words. `port` is part of `host` where it is not the usual one. */
const socketFailures: Record<string, (host: string, name: string) => Said> = {
  ENOTFOUND: (_, name) => ({
    kind: 'network',
    message: `There is no server named ${name}.`,
    advice: 'Check the spelling of the address, and that this computer is online.',
  }),
  EAI_AGAIN: (_, name) => ({
    kind: 'network',
    message: `The name ${name} could not be looked up just now.`,
    advice: 'Check that this computer is online, then try again.',
  }),
  ECONNREFUSED: (host) => ({
    kind: 'network',
    message: `${host} refused the connection: no server is listening there.`,
    advice: 'Check the address and its port, or ask whether the server is running.',
  }),
  EHOSTUNREACH: (host) => ({
    kind: 'network',
    message: `${host} can’t be reached from this network.`,
    advice: 'Check that this computer is online and, if the server is internal, that the VPN is connected.',
  }),
  ECONNRESET: (host) => ({
    kind: 'network',
    message: `The connection to ${host} broke off before the answer was complete.`,
    advice: 'Try again. What was asked for may or may not have been done.',
  }),
  GATEHOUSE_CONNECT_TIMEOUT: (host) => ({
    kind: 'timeout',
    message: `No connection to ${host} came about in time.`,
    advice: 'Check the address and that this computer is online, then try again.',
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: (_, name) => ({
    kind: 'tls',
    message: `The server’s certificate is not for ${name}, so this may not be the real server. Nothing was sent.`,
    advice: `Check the address for a typing mistake. ${askOwner}`,
  }),
  DEPTH_ZERO_SELF_SIGNED_CERT: (_, name) => ({
    kind: 'tls',
    message: `${name} made its own certificate (self-signed), so nobody vouches for it. Nothing was sent.`,
    advice: askOwner,
  }),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (_, name) => ({
    kind: 'tls',
    message: `The certificate of ${name} comes from an authority that this computer does not know. Nothing was sent.`,
    advice: `Your company’s authority may be missing: Settings, Network. Check the address, too. ${askOwner}`,
  }),
  CERT_HAS_EXPIRED: (_, name) => ({
    kind: 'tls',
    message: `The certificate of ${name} has expired. Nothing was sent.`,
    advice: `Check this computer’s date and time. ${askOwner}`,
  }),
  CERT_NOT_YET_VALID: (_, name) => ({
    kind: 'tls',
    message: `The certificate of ${name} is not valid yet. Nothing was sent.`,
    advice: `Check this computer’s date and time. ${askOwner}`,
  }),
  CERT_REVOKED: (_, name) => ({
    kind: 'tls',
    message: `The certificate of ${name} has been withdrawn. Nothing was sent.`,
    advice: askOwner,
  }),
  EPROTO: (host) => ({
    kind: 'tls',
    message: `No secure connection to ${host} could be agreed; it may not speak https on this port.`,
    advice: 'Check the address and its port.',
  }),
  HPE: (host) => ({
    kind: 'wrong-place',
    message: `${host} answered with something that is not HTTP.`,
    advice: 'Check the address and its port: another kind of server is listening there.',
  }),
};

const sameAs: Record<string, string> = {
  ENODATA: 'ENOTFOUND',
  EAI_NODATA: 'ENOTFOUND',
  EAI_NONAME: 'ENOTFOUND',
  ENETUNREACH: 'EHOSTUNREACH',
  ENETDOWN: 'EHOSTUNREACH',
  EADDRNOTAVAIL: 'EHOSTUNREACH',
  EPIPE: 'ECONNRESET',
  ERR_STREAM_PREMATURE_CLOSE: 'ECONNRESET',
  ECONNABORTED: 'ECONNRESET',
  ETIMEDOUT: 'GATEHOUSE_CONNECT_TIMEOUT',
  SELF_SIGNED_CERT_IN_CHAIN: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  UNABLE_TO_GET_ISSUER_CERT: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  CERT_UNTRUSTED: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  // An authority that only bears the name of a known one.
  CERT_SIGNATURE_FAILURE: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  INVALID_CA: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  CERT_CHAIN_TOO_LONG: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
};

/** A socket's, resolver's or TLS error as a failure. Its own message is dropped: it holds the whole URL. */
export function networkFailure(error: unknown, url: URL): GatehouseError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const inTheWay = proxyFailure(code, url.host);
  if (inTheWay) return inTheWay;
  const known = lookUp(socketFailures, lookUp(sameAs, code) ?? code);
  if (known) {
    // A connection that broke off may have carried the request; the other kinds never got that far.
    return new GatehouseError(known(url.host, url.hostname), {
      mayHaveWorked: known === socketFailures.ECONNRESET,
    });
  }
  if (code.startsWith('HPE_')) {
    return new GatehouseError(socketFailures.HPE!(url.host, url.hostname), { mayHaveWorked: true });
  }
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
    return new GatehouseError(socketFailures.EPROTO!(url.host, url.hostname));
  }
  const suffix = code ? ` (${code})` : '';
  const message = `The connection to ${url.host} failed${suffix}.`;
  const advice = 'Check that this computer is online, then try again.';
  return new GatehouseError({ kind: 'network', message, advice }, { mayHaveWorked: true });
}

export function timeoutFailure(url: URL, ms: number): GatehouseError {
  const message = `${url.host} did not answer within ${Math.max(1, Math.round(ms / 1000))} s.`;
  const advice = 'Try again. What was asked for may or may not have been done.';
  return new GatehouseError({ kind: 'timeout', message, advice }, { mayHaveWorked: true });
}

/** The proxy settings of this computer were asked for the way, and nothing has been sent. */
export function noWayInTimeFailure(url: URL): GatehouseError {
  const message = `This computer’s proxy settings did not say in time how to reach ${url.host}.`;
  const advice = 'Try again, or choose the proxy yourself under Settings, Network.';
  return new GatehouseError({ kind: 'timeout', message, advice });
}

/** `sent`: the request was on its way already. */
export function cancelledFailure(sent: boolean): GatehouseError {
  return new GatehouseError({ kind: 'cancelled', message: 'This was cancelled.' }, { mayHaveWorked: sent });
}

export function tooLargeFailure(url: URL, limit: number): GatehouseError {
  const size = `${Math.round(limit / 1024 / 1024)} MiB`;
  return new GatehouseError(
    {
      kind: 'unexpected-answer',
      message: `${url.host} sent more than ${size} where a short answer is due; the rest was not read.`,
      advice: 'The address is probably not that of the API.',
    },
    { mayHaveWorked: true },
  );
}

export function elsewhereFailure(url: URL, target: URL | null): GatehouseError {
  const host = plainText(target?.host ?? '', 100);
  const where = target ? (target.origin === url.origin ? 'another page' : host) : 'nowhere';
  return new GatehouseError({
    kind: 'wrong-place',
    message: `${url.host} sends us on to ${where}, which Gatehouse does not follow. Nothing was sent there.`,
    advice:
      target && target.origin !== url.origin
        ? `If ${host} is the right server, change the account’s address to it.`
        : 'Check the address; the path may be wrong.',
  });
}

export function webPageFailure(url: URL, status: number): GatehouseError {
  return new GatehouseError({
    kind: 'wrong-place',
    status,
    message: `${url.host} answered with a web page instead of data (status ${status}).`,
    advice: 'The address is probably not that of the API; it may be missing a path such as /api.',
  });
}

export function nothingThereFailure(url: URL): GatehouseError {
  return new GatehouseError({
    kind: 'wrong-place',
    status: 404,
    message: `${url.host} has nothing at this address (status 404).`,
    advice: 'The address is probably not that of the API; it may be missing a path such as /api.',
  });
}

/** Names the first field that is not as documented, by its path; never its value. */
export function shapeFailure(
  url: URL,
  operation: string,
  error: z.core.$ZodError,
  blot: Blot,
): GatehouseError {
  const issue = error.issues[0];
  const path = issue?.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const field = path
    ? `“${plainText(blot(path.replace(/^\./, '').slice(0, 1000)), 120)}”`
    : 'the answer itself';
  return unreadableFailure(url, operation, `${field} ${issue ? fault(issue) : 'is not as documented'}`);
}

function fault(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return 'has an unexpected value';
  if (issue.message.endsWith('received undefined')) return 'is missing';
  return `should be of type ${issue.expected}`;
}

export function unreadableFailure(url: URL, operation: string, what: string): GatehouseError {
  return new GatehouseError(
    {
      kind: 'unexpected-answer',
      message: `${url.host} gave an answer to ${operation} that Gatehouse does not understand: ${what}.`,
      advice: 'The server may run a version that Gatehouse does not know; report this sentence.',
    },
    { mayHaveWorked: true },
  );
}

/** What a status means when the vendor says nothing more. `until` (ms since 1970) comes from Retry-After. */
export function statusFailure(url: URL, status: number, until: number | undefined): Failure {
  const host = url.host;
  const said = (kind: Failure['kind'], message: string, advice?: string): Failure => ({
    kind,
    status,
    message,
    ...(advice ? { advice } : {}),
    ...(until ? { until } : {}),
  });
  switch (status) {
    case 401:
      return said('expired', `${host} does not accept this session (any more).`, 'Sign in again.');
    case 403:
      return said('forbidden', `${host} does not allow this person to do that.`);
    case 404:
      return said('not-found', `${host} does not know what was asked for.`, 'It may have been removed.');
    case 408:
      return said('timeout', `${host} gave up waiting for the request.`, 'Try again.');
    case 409:
      return said('conflict', `${host} says that this conflicts with what is already there.`);
    case 400:
    case 413:
    case 422:
      return said('invalid', `${host} did not accept what was sent (status ${status}).`);
    case 423:
      return said(
        'locked-out',
        `${host} has locked this out.`,
        'Wait, or ask an administrator to unlock it.',
      );
    case 429:
      return said('rate-limited', `${host} wants fewer requests.`, 'Wait a while before trying again.');
  }
  if (status >= 500) {
    return said(
      'server-fault',
      `${host} reports an error of its own (status ${status}).`,
      'Try again later.',
    );
  }
  return said(
    'unexpected-answer',
    `${host} gave an answer that Gatehouse does not expect (status ${status}).`,
  );
}

/** ms; a server that asks for more is asked again all the same, as nothing is to be left behind for ever. */
const longestWait = 60 * 60_000;

/** Retry-After (seconds, or an HTTP date) as ms since 1970, at most an hour from now; undefined when it says nothing usable. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value);
  const until = seconds ? now + Math.min(Number(value) * 1000, longestWait) : validMoment(value);
  return until !== undefined && until >= now ? Math.min(until, now + longestWait) : undefined;
}
