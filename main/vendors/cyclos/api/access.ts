import { assumptions } from '../assumptions.ts';

/** Who speaks to Cyclos, and by which proof. */
export type Access =
  | { kind: 'guest' }
  | { kind: 'basic'; principal: string; password: string; principalType: string }
  | { kind: 'session'; token: string }
  /** With the split cookie: the first half here, the second in the door's cookie jar. */
  | { kind: 'split'; prefix: string }
  | { kind: 'access-client'; token: string };

/** The headers of an access. User name and password are UTF-8 before base64. */
export function accessHeaders(access: Access): Record<string, string> {
  const channel = { channel: assumptions.channel };
  switch (access.kind) {
    case 'guest':
      return channel;
    case 'basic': {
      const pair = Buffer.from(`${access.principal}:${access.password}`, 'utf8').toString('base64');
      return { ...channel, authorization: `Basic ${pair}`, 'principal-type': access.principalType };
    }
    case 'session':
      return { ...channel, 'session-token': access.token };
    case 'split':
      return { ...channel, 'session-prefix': access.prefix };
    // An access client has a channel of its own.
    case 'access-client':
      return { 'access-client-token': access.token };
  }
}
