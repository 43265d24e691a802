import { makeClock, type PracticeClock } from '../../../practice/common/clock.ts';
import { Inbox } from '../../../practice/common/inbox.ts';
import { makeIds } from '../../../practice/common/seed.ts';
import type { PracticeOptions, PracticeServer } from '../../../practice/common/types.ts';

/** What a practice server is started with in a test: its own clock, inbox and seed. */
export function options(seed = 'test'): PracticeOptions & { clock: PracticeClock; inbox: Inbox } {
  return { ids: makeIds(seed), clock: makeClock(), inbox: new Inbox() };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

/** A person with a browser: keeps cookies, sends a bearer when told. */
export class Visitor {
  readonly base: string;
  cookies = new Map<string, string>();
  bearer: string | null = null;

  constructor(server: PracticeServer) {
    this.base = server.url;
  }

  /** A JSON call; a FormData body is sent as it is. */
  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { 'user-agent': 'Test desk' };
    if (this.cookies.size) headers.cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    if (this.bearer) headers.authorization = `Bearer ${this.bearer}`;
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers['content-type'] = 'application/json';
    const response = await fetch(this.base + path, {
      ...{ method, headers, redirect: 'manual' },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const text = await response.text();
    const json =
      response.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, json };
  }
}
