import type { HttpRequest, VendorHttp } from '#http/types.ts';
import { explainFor } from './errors.ts';
import { type Keys, keyHeaders } from './keys.ts';
import * as model from './models.ts';

/** The operations of nextAuth's Sessions API; directory.ts has what is related. */
export const operations = [
  'getQrLogin',
  'getSession',
  'logout',
  'provokeLogin',
  'provokeLoginOnAccount',
  'provokeLoginOnUser',
] as const;

/**
 * The session of one nonce on one server. Every method throws GatehouseError, and once `signal` has aborted sends nothing more. Shapes: the
 * vendor's "nextAuth API" 2.2.
 */
export function nextauthSession(
  http: VendorHttp,
  keys: Keys,
  serverId: string,
  nonce: string,
  signal?: AbortSignal,
) {
  const base = ['servers', serverId];
  const common = {
    headers: { ...keyHeaders(keys), 'x-nonce': nonce },
    ok: [200],
    explain: explainFor('this server', 'sessions'),
    ...(signal ? { signal } : {}),
  };
  /** An operation without an answer; its outcome shows in getSession or on the websocket. */
  const order = async (
    request: Pick<HttpRequest<undefined>, 'operation' | 'path' | 'query' | 'json' | 'explain'>,
  ) => {
    await http.send({ ...common, method: 'POST', ...request });
  };

  return {
    /** What the QR code says (raw), or a PNG of `size` pixels. A phone that scans it shows `context`. */
    async getQrLogin(context?: model.UserContext, image?: { size: number }): Promise<Uint8Array> {
      const { value } = await http.send<Uint8Array>({
        ...common,
        operation: 'getQrLogin',
        method: 'GET',
        path: [...base, 'sessions', 'qr', 'login'],
        query: image ? { img: 'png', s: image.size } : {},
        json: context,
        body: { kind: 'bytes' },
        safeToRetry: true,
      });
      return value;
    },

    /** What a QR code says that enrols a phone: `name` is what its app shows, `userId` the person whom it is registered under. */
    async getQrEnrol({ name, userId }: { name: string; userId: string }): Promise<Uint8Array> {
      const { value } = await http.send<Uint8Array>({
        ...common,
        operation: 'getQrEnrol',
        method: 'GET',
        path: [...base, 'sessions', 'qr', 'enrol'],
        query: { name, userid: userId },
        body: { kind: 'bytes' },
        safeToRetry: true,
      });
      return value;
    },

    /** Registers the phone that is signed in under a user name. */
    registerUser: (userId: string) =>
      order({
        operation: 'registerUser',
        path: [...base, 'sessions', 'registeruser'],
        query: { userid: userId },
        explain: explainFor('this server', 'users'),
      }),

    async getSession(): Promise<model.LoginStatus> {
      const { value } = await http.send({
        ...common,
        operation: 'getSession',
        method: 'GET',
        path: [...base, 'sessions', ''],
        body: { kind: 'json', schema: model.loginStatus },
        safeToRetry: true,
      });
      return value;
    },

    /** Answers 200 whether or not somebody was signed in; getSession is the proof. */
    logout: () => order({ operation: 'logout', path: [...base, 'sessions', 'logout'] }),

    /** Pushes to the account that signed in last on this nonce; see `canprovoke`. */
    provokeLogin: (context?: model.UserContext) =>
      order({ operation: 'provokeLogin', path: [...base, 'sessions', 'provokelogin'], json: context }),

    /** Pushes to one device. */
    provokeLoginOnAccount: (accountId: number, context?: model.UserContext) =>
      order({
        operation: 'provokeLoginOnAccount',
        path: [...base, 'accounts', String(accountId), 'provokelogin'],
        json: context,
        explain: explainFor('this device', 'sessions or accounts'),
      }),

    /** Pushes to every device of a person. */
    provokeLoginOnUser: (userId: string, context?: model.UserContext) =>
      order({
        operation: 'provokeLoginOnUser',
        path: [...base, 'users', userId, 'provokelogin'],
        json: context,
        explain: explainFor('this person', 'sessions or users'),
      }),
  };
}
