import type { FailureKind } from '#contract/failure.ts';
import { type KoyebClient, koyebClient } from '../../../../main/vendors/koyeb/api/client.ts';
import type { OperationRow } from '../operation-row.ts';

/** Koyeb's 4 operations as its OpenAPI document, v1, has them. */

const bearer = 'canary-token-of-koyeb';
const token = {
  id: 'new.token.of-koyeb',
  user_id: 'user-1',
  organization_id: 'org-1',
  expires_at: '2026-11-23T10:00:00Z',
};
const good = {
  answer: [200, { token, later: {} }] as [number, unknown],
  gives: { ...token, expires_at: Date.UTC(2026, 10, 23, 10) },
};

const declared: Partial<Record<number, FailureKind>> = {
  400: 'invalid',
  401: 'expired',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
  500: 'server-fault',
  // Not declared, so google.rpc.Status.
  502: 'server-fault',
  503: 'server-fault',
};

/** Error, ErrorWithFields, and google.rpc.Status for what is not declared. */
function refusal(status: number): unknown {
  if (status === 429) return undefined;
  if (status === 502) return { code: 14, message: 'ECHO', details: [{ '@type': 'x' }] };
  const error = { status, code: 'some_code', message: 'ECHO' };
  return status === 400
    ? { ...error, fields: [{ field: 'email', description: 'ECHO is\nno address' }] }
    : error;
}

const signedIn = (operation: string, sent: string, call: (of: KoyebClient) => Promise<unknown>) => ({
  operation,
  sent,
  call: (http: Parameters<typeof koyebClient>[0]) => call(koyebClient(http, bearer)),
  headers: { authorization: `Bearer ${bearer}` },
});

const rows: Pick<OperationRow, 'operation' | 'sent' | 'call' | 'headers' | 'body' | 'answer' | 'gives'>[] = [
  {
    operation: 'login',
    // Without a bearer, even when there is one: so does the vendor's own front end.
    call: (http) =>
      koyebClient(http, bearer).login({
        email: 'maya@example.com',
        password: 'canary-password',
        organizationId: 'org-1',
      }),
    sent: 'POST /api/v1/account/login',
    headers: {},
    body: { email: 'maya@example.com', password: 'canary-password', organization_id: 'org-1' },
    ...good,
  },
  {
    ...signedIn('logout', 'DELETE /api/v1/account/logout', (of) => of.logout()),
    answer: [200, {}],
    gives: undefined,
  },
  { ...signedIn('newSession', 'POST /api/v1/account/session', (of) => of.newSession()), ...good },
  { ...signedIn('refreshToken', 'PUT /api/v1/account/refresh', (of) => of.refreshToken()), ...good },
];

export const koyebTable: OperationRow[] = rows.map((row) => ({
  ...row,
  vendor: 'koyeb',
  refusal,
  refusals:
    row.operation === 'login'
      ? { ...declared, 401: 'refused-credentials', 404: 'refused-credentials' }
      : declared,
}));
