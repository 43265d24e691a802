import type { z } from 'zod';
import type { HttpResponse, VendorHttp } from '#http/types.ts';
import { rowsOf } from '../kit/schema.ts';
import type { Access } from './access.ts';
import { type Generation, several } from './generation.ts';
import * as model from './models.ts';
import { cyclosRequests } from './request.ts';

export interface Page {
  /** From 0. */
  page: number;
  pageSize: number;
}

/** One page of a search, and whether there are more (headers X-Has-Next-Page and X-Total-Count). */
export interface Found<T> {
  rows: T[];
  more: boolean;
  total: number | null;
}

function foundOf<T>({ value, headers }: HttpResponse<T[]>): Found<T> {
  const total = headers.get('x-total-count');
  return {
    rows: value,
    more: headers.get('x-has-next-page') === 'true',
    total: total && /^\d+$/.test(total) ? Number(total) : null,
  };
}

/** People and their sessions, for those who may see them. 4.11 has no search of sessions, status or alerts: `not-found`. */
export function peopleClient(http: VendorHttp, access: Access, generation: Generation = '4.16') {
  const ask = cyclosRequests(http, access);
  const search = async <T>(
    operation: string,
    path: string[],
    query: Record<string, string | number | boolean | string[] | undefined>,
    row: z.ZodType<T>,
    right: string,
    newIn416 = false,
  ): Promise<Found<T>> => {
    const request = { operation, method: 'GET', path, query, safeToRetry: true, right, newIn416 } as const;
    return foundOf(await ask.answer(request, rowsOf(row)));
  };
  const lists = (values?: string[]) => (values?.length ? several(values, generation) : undefined);
  const order = (operation: string, path: string[], right: string) =>
    ask.empty({ operation, method: 'POST', path, right });

  return {
    searchSessions: (filter: Page & { user?: string; excludeCurrentSession?: boolean }) =>
      search('searchSessions', ['sessions'], { ...filter }, model.sessionResult, 'to view sessions', true),

    disconnectSession: (sessionToken: string) =>
      ask.empty({
        operation: 'disconnectSession',
        newIn416: true,
        method: 'DELETE',
        path: ['sessions', sessionToken],
        right: 'to disconnect sessions',
      }),

    /** Ends every session of a person; answers how many there were. */
    async disconnectUserSessions(user: string): Promise<number> {
      const text = await ask.text({
        operation: 'disconnectUserSessions',
        newIn416: true,
        method: 'DELETE',
        path: [user, 'sessions'],
        right: 'to disconnect sessions',
      });
      return Number.parseInt(text, 10) || 0;
    },

    searchUsers: (
      filter: Page & { keywords?: string; statuses?: string[]; groups?: string[]; roles?: string[] },
    ) =>
      search(
        'searchUsers',
        ['users'],
        {
          ...filter,
          statuses: lists(filter.statuses),
          groups: lists(filter.groups),
          roles: lists(filter.roles),
        },
        model.user,
        'to search people',
      ),

    viewUser: (user: string) =>
      ask.json(
        { operation: 'viewUser', method: 'GET', path: ['users', user], safeToRetry: true },
        model.userView,
      ),

    getUserStatus: (user: string) =>
      ask.json(
        {
          operation: 'getUserStatus',
          newIn416: true,
          method: 'GET',
          path: [user, 'status'],
          safeToRetry: true,
        },
        model.userStatus,
      ),

    changeUserStatus: (user: string, status: string, comment?: string) =>
      ask.empty({
        operation: 'changeUserStatus',
        newIn416: true,
        method: 'POST',
        path: [user, 'status'],
        json: { status, ...(comment ? { comment } : {}) },
        right: 'to change the status of people',
      }),

    getPasswords: (user: string) =>
      ask.json(
        {
          operation: 'getUserPasswordsListData',
          method: 'GET',
          path: [user, 'passwords', 'list-data'],
          safeToRetry: true,
          right: 'to see passwords',
        },
        model.passwordsData,
      ),

    unblockPassword: (user: string, type: string) =>
      order('unblockPassword', [user, 'passwords', type, 'unblock'], 'to unblock passwords'),
    disablePassword: (user: string, type: string) =>
      order('disablePassword', [user, 'passwords', type, 'disable'], 'to disable passwords'),
    enablePassword: (user: string, type: string) =>
      order('enablePassword', [user, 'passwords', type, 'enable'], 'to enable passwords'),

    resetAndSendPassword: (user: string, type: string, sendMediums: string[]) =>
      ask.empty({
        operation: 'resetAndSendPassword',
        method: 'POST',
        path: [user, 'passwords', type, 'reset-and-send'],
        query: { sendMediums: lists(sendMediums) },
        right: 'to reset passwords',
      }),

    searchUserAlerts: (filter: Page & { user?: string; types?: string[] }) =>
      search(
        'searchUserAlerts',
        ['alerts', 'user'],
        { ...filter, types: lists(filter.types) },
        model.alert,
        'to see alerts',
        true,
      ),
  };
}
