import type { z } from 'zod';
import type { HttpRequest, VendorHttp } from '#http/types.ts';
import { explainFor, explainNewUser } from './errors.ts';
import { type Keys, keyHeaders } from './keys.ts';
import * as model from './models.ts';

export interface Query {
  /** `attr=value` or `attr=in:a,b`. */
  filter?: string;
  /** A part of the user name. */
  search?: string;
  limit?: number;
  /** Offset of the first row. */
  marker?: number;
  /** `column`, `column:asc` or `column:desc`, several with commas. */
  sort?: string;
}

/** Servers, people and devices of one API key. Every method throws GatehouseError. Shapes: "nextAuth API" 2.2. */
export function nextauthDirectory(http: VendorHttp, keys: Keys) {
  const headers = keyHeaders(keys);

  async function read<T>(
    operation: string,
    path: string[],
    schema: z.ZodType<T>,
    [what, right]: [string, string],
    query?: Query,
  ): Promise<T> {
    const asked: HttpRequest<T> = {
      operation,
      method: 'GET',
      path,
      query: { ...query },
      headers,
      ok: [200],
      body: { kind: 'json', schema },
      explain: explainFor(what, right),
      safeToRetry: true,
    };
    return (await http.send(asked)).value;
  }

  async function remove(operation: string, path: string[], what: string, right: string): Promise<void> {
    const explain = explainFor(what, right);
    await http.send({ operation, method: 'DELETE', path, headers, ok: [200], explain });
  }

  return {
    getServers: (query?: Pick<Query, 'limit' | 'marker'>) =>
      read('getServers', ['servers', ''], model.servers, ['these servers', 'servers'], query),

    getServer: (serverId: string) =>
      read('getServer', ['servers', serverId, ''], model.server, ['this server', 'servers or createserver']),

    getUsers: (serverId: string, query?: Query) =>
      read('getUsers', ['servers', serverId, 'users', ''], model.users, ['this server', 'users'], query),

    /** The devices of one person. */
    getUser: (serverId: string, userId: string, query?: Pick<Query, 'limit' | 'marker' | 'sort'>) =>
      read(
        'getUser',
        ['servers', serverId, 'users', userId, 'accounts'],
        model.accounts,
        ['this person', 'sessions or users'],
        query,
      ),

    /** Whatever the server's owner keeps about a person, as the text that nextAuth gives. */
    async getUserAttributes(serverId: string, userId: string): Promise<string> {
      const { value } = await http.send<string>({
        operation: 'getUserAttributes',
        method: 'GET',
        path: ['servers', serverId, 'users', userId, 'attributes', ''],
        headers,
        ok: [200],
        body: { kind: 'text' },
        explain: explainFor('this person', 'sessions or users'),
        safeToRetry: true,
      });
      return value;
    },

    /** Every device of a person; the person stays. */
    deleteUserAccounts: (serverId: string, userId: string) =>
      remove(
        'deleteUserAccounts',
        ['servers', serverId, 'users', userId, 'accounts'],
        'this person',
        'accounts or users',
      ),

    deleteUser: (serverId: string, userId: string) =>
      remove('deleteUser', ['servers', serverId, 'users', userId, ''], 'this person', 'users'),

    getAccounts: (serverId: string, query?: Query) =>
      read(
        'getAccounts',
        ['servers', serverId, 'accounts', ''],
        model.accounts,
        ['this server', 'accounts'],
        query,
      ),

    getAccount: (serverId: string, accountId: number) =>
      read('getAccount', ['servers', serverId, 'accounts', String(accountId), ''], model.account, [
        'this device',
        'sessions or accounts',
      ]),

    /** Blocks or unblocks a device. */
    async setBlocked(serverId: string, accountId: number, blocked: boolean): Promise<model.Account> {
      const { value } = await http.send({
        operation: 'updateAccount',
        method: 'PUT',
        path: ['servers', serverId, 'accounts', String(accountId), ''],
        query: { blocked },
        headers,
        ok: [200],
        body: { kind: 'json', schema: model.account },
        explain: explainFor('this device', 'accounts'),
      });
      return value;
    },

    /** Gives a device to another person; throws `invalid` for a name that the server does not take. */
    async updateAccountUser(serverId: string, accountId: number, userId: string): Promise<model.Account> {
      const { value } = await http.send({
        operation: 'updateAccountUser',
        method: 'PUT',
        path: ['servers', serverId, 'accounts', String(accountId), 'user'],
        query: { userid: userId },
        headers,
        ok: [200],
        body: { kind: 'json', schema: model.account },
        explain: explainNewUser,
      });
      return value;
    },

    deleteAccount: (serverId: string, accountId: number) =>
      remove(
        'deleteAccount',
        ['servers', serverId, 'accounts', String(accountId), ''],
        'this device',
        'accounts',
      ),
  };
}
