import type { PracticeServer } from '../../../practice/common/types.ts';
import { type CyclosOptions, startCyclos } from '../../../practice/cyclos/index.ts';
import { type Answer, options } from '../common/kit.ts';
import { documentOf } from './document.ts';

/** A Cyclos answer's body with the parts that tests look at. */
interface Body {
  [name: string]: unknown;
  code?: string;
  sessionToken?: string;
  buttons?: string[][];
  virtualKeyboardId?: string;
  pendingSecondaryPassword?: boolean;
  loginConfirmation?: Body;
  user?: { id: string; display: string; shortDisplay?: string };
  passwordType?: { internalName: string };
}

export const basic = (principal: string, password: string) =>
  `Basic ${Buffer.from(`${principal}:${password}`, 'utf8').toString('base64')}`;

const passwordOf: Record<string, string> = {
  alice: 'Coast-2026',
  felix: 'Clerk-2026',
  bruno: 'Broker-2026',
};

/** A running Cyclos of one generation with a client that signs in and calls. */
export async function openCyclos(generation: '4.11' | '4.16', more: Partial<CyclosOptions> = {}) {
  const started = options();
  const server = await startCyclos({ ...started, generation, members: 60, ...more });
  return { ...started, server, client: new TestClient(server, generation) };
}

/** A program that calls a Cyclos server; every answer is held to the vendor's document. */
class TestClient {
  readonly origin: string;
  base: string;
  readonly #server: PracticeServer;
  readonly #generation: '4.11' | '4.16';
  constructor(server: PracticeServer, generation: '4.11' | '4.16') {
    this.origin = server.origin;
    this.base = server.url;
    this.#server = server;
    this.#generation = generation;
  }

  /** Throws when an answer, or the name under which the server knows the operation, is not the document's. */
  #hold(method: string, path: string, answer: { status: number; headers: Headers; text: string }) {
    const document = documentOf(this.#generation);
    if (!document) return;
    const faults = document.faultsOf({
      method,
      path,
      status: answer.status,
      contentType: answer.headers.get('content-type'),
      text: answer.text,
    });
    const whole = new URL(this.base + path).pathname;
    const name = this.#server
      .log()
      .findLast((each) => each.path === whole && each.method === method)?.operation;
    const declared = document.operationOf(method, path);
    if (name && declared && name !== declared) faults.push(`the server calls ${declared} ${name}`);
    if (faults.length > 0) throw new Error(`${method} ${path}: ${faults.join('; ')}`);
  }

  async call(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<Answer & { body: Body }> {
    const text = typeof body === 'string';
    const response = await fetch(this.base + path, {
      method,
      headers: { ...(body === undefined || text ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: text ? body : JSON.stringify(body) }),
    });
    const answer = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && answer;
    const json: unknown = isJson ? JSON.parse(answer) : undefined;
    this.#hold(method, path.split('?')[0] ?? '', {
      status: response.status,
      headers: response.headers,
      text: answer,
    });
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      json,
      body: (json ?? {}) as Body,
    };
  }

  login(principal: string, password: string, query = '', headers: Record<string, string> = {}) {
    return this.call('POST', `/auth/session${query}`, {
      channel: 'main',
      'principal-type': '*',
      authorization: basic(principal, password),
      ...headers,
    });
  }

  /** Signs in and answers the header of the session. */
  async session(principal: string, password = passwordOf[principal] ?? 'Second-2026') {
    const { body, status, text } = await this.login(principal, password);
    if (status !== 200) throw new Error(`${principal}: ${status} ${text}`);
    return { 'session-token': String(body.sessionToken) };
  }
}
