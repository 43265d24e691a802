import type { PracticePerson, PracticeServer } from '../../../practice/common/types.ts';
import { type NextAuthOptions, startNextAuth } from '../../../practice/nextauth/index.ts';
import { options } from '../common/kit.ts';

interface Status {
  loggedin: boolean;
  userid?: string;
  accountid?: number;
  canprovoke: boolean;
  loginqrdata?: string;
  hsid: string;
}

export const NONCE = '00112233445566778899aabbccddeeff';

/** A running nextAuth with a caller for its API and for the phone. */
export async function openNextAuth(more: Partial<NextAuthOptions> = {}) {
  const started = options();
  const server = await startNextAuth({ ...started, users: 40, ...more });
  return { ...started, server, api: new Api(server) };
}

class Api {
  readonly server: PracticeServer;
  person: PracticePerson;
  nonce: string | null = NONCE;
  constructor(server: PracticeServer) {
    this.server = server;
    this.person = server.people[0]!;
  }

  as(label: string): this {
    this.person = this.server.people.find((person) => person.label === label)!;
    return this;
  }

  get serverId(): string {
    return this.person.account.values.serverId ?? '';
  }

  /** A call on the person's virtual server; `headers` with '' leave one out. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const { apiKey = '', roleId = '' } = this.person.account.values;
    const all = { 'x-apikey': apiKey, 'x-su': roleId, 'x-nonce': this.nonce ?? '', ...headers };
    const sent = Object.entries(all).filter(([, value]) => value !== '');
    return this.raw(
      method,
      `/servers/${encodeURIComponent(this.serverId)}${path}`,
      body,
      Object.fromEntries(sent),
    );
  }

  async raw(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(this.server.url + path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString();
    const isJson = response.headers.get('content-type')?.includes('application/json');
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    };
  }

  async status(): Promise<Status> {
    return (await this.call('GET', '/sessions/')).json as Status;
  }

  async payload(): Promise<string> {
    return Buffer.from((await this.status()).loginqrdata ?? '', 'base64').toString();
  }

  phone(path: string, body?: unknown) {
    return this.raw('POST', `/phone/${path}`, body);
  }

  async approvals() {
    const { json } = await this.raw('GET', '/phone/state');
    return json.approvals as { id: string; kind: string; accountId: number; context: unknown }[];
  }

  /** Scans the code that is shown now and approves. */
  async scanIn(accountId = 101): Promise<void> {
    const scanned = await this.phone('scan', { payload: await this.payload(), accountId });
    await this.phone(`approvals/${scanned.json.approvalId}/approve`);
  }
}
