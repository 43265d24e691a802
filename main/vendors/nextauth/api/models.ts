import { z } from 'zod';
import { cappedArrayOrEmpty, optional } from '../../kit/schema.ts';
import { assumptions } from '../assumptions.ts';

/** Shapes of the vendor's document "nextAuth API" 2.2; ids that it marks as required are required here. */

const text = optional(z.string());
const count = optional(z.number());

/** A name longer than anybody has is none. */
const name = text.transform((value) => (value && value.length <= assumptions.nameSize ? value : undefined));

export const loginStatus = z.object({
  loggedin: optional(z.boolean()),
  userid: name,
  accountid: count,
  /** A push is possible, because an account signed in on this nonce before. */
  canprovoke: optional(z.boolean()),
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
  blocked: optional(z.boolean()),
  clientVersion: text,
  created: count,
  lastlogin: count,
  lastprovoke: count,
});
export type Account = z.infer<typeof account>;
export const accounts = z.object({ accounts: cappedArrayOrEmpty(account), totalnumber: count });

const user = z.object({ userid: z.string(), numberaccounts: count, lastlogin: count });
export const users = z.object({ users: cappedArrayOrEmpty(user), totalnumber: count });

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
export const servers = z.object({ servers: cappedArrayOrEmpty(server), totalnumber: count });

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
