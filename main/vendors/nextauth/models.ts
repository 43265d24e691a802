import { z } from 'zod';
import { listOf, maybe } from '../kit/schema.ts';
import { assumptions } from './assumptions.ts';

/** Shapes of the vendor's document "nextAuth API" 2.2; ids that it marks as required are required here. */

const text = maybe(z.string());
const count = maybe(z.number());

/** A name longer than anybody has is none. */
const name = text.transform((value) => (value && value.length <= assumptions.nameSize ? value : undefined));

export const loginStatus = z.object({
  loggedin: maybe(z.boolean()),
  userid: name,
  accountid: count,
  /** A push is possible, because an account signed in on this nonce before. */
  canprovoke: maybe(z.boolean()),
  /** Base64 of what the QR code says. */
  loginqrdata: text,
  pk: text,
  /** The session's id on the websocket. */
  hsid: text,
});
export type LoginStatus = z.infer<typeof loginStatus>;

/** An app on a device. */
export const account = z.object({
  id: z.number().int(),
  description: text,
  userid: text,
  blocked: maybe(z.boolean()),
  clientVersion: text,
  created: count,
  lastlogin: count,
  lastprovoke: count,
});
export type Account = z.infer<typeof account>;
export const accounts = z.object({ accounts: listOf(account), totalnumber: count });

const user = z.object({ userid: z.string(), numberaccounts: count, lastlogin: count });
export const users = z.object({ users: listOf(user), totalnumber: count });

export const server = z.object({
  serverid: z.string(),
  serverName: text,
  /** Minutes; -1 never asks for the PIN, 0 always. */
  pinTimeout: count,
  /** Seconds in which the app has to answer a ping. */
  pingTime: count,
  accountCount: count,
  lastLogin: count,
  siteurl: text,
  wsurl: text,
  appname: text,
});
export type Server = z.infer<typeof server>;
export const servers = z.object({ servers: listOf(server), totalnumber: count });

/** What the phone shows of who asks. */
interface SessionInfo {
  ip?: string;
  useragent?: string;
  logo?: string;
  info?: Record<string, string>;
}
export interface UserContext {
  sessioninfo?: SessionInfo;
  announceinfo?: SessionInfo;
}
