import { resolve } from 'node:path';

/** One request to a practice server and its answer, as the unit tests caused it. */
export interface Exchange {
  /** "enhance", "cyclos 4.16" … : which documents it is held to. */
  api: string;
  /** The test file that caused it. */
  by: string;
  /** Sent by Gatehouse's own client; tests send requests too, wrong ones among them. */
  ours: boolean;
  method: string;
  /** Below the server's base path, still encoded, with its query. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body?: unknown;
  status: number;
  /** The answer's content type, without parameters. */
  type: string | null;
  /** Text as it was sent; bytes of another type are told by their number alone. */
  answer: string | number;
}

/** Where the unit tests leave their exchanges, one JSON line each. */
export const exchanges = resolve(import.meta.dirname, '../../out/exchanges');
