import type { FailureKind } from '#contract/failure.ts';
import { nextauthSession } from '../../../../main/vendors/nextauth/api/sessions.ts';
import type { OperationRow } from '../operation-row.ts';

/** nextAuth's 6 operations as its API document 2.2 has them. */

// The ids that make trouble in a path.
const serverId = 'k7/Q+b3=';
const userId = 'anna/berg@example.com';
const nonce = 'canary-nonce+/=';
const keys = { apiKey: 'canary-key', roleId: 'cm9sZQ==' };
const headers = { 'x-apikey': keys.apiKey, 'x-su': keys.roleId, 'x-nonce': nonce };
const context = { sessioninfo: { info: { machine: 'desk-12' } } };
const base = '/api/servers/k7%2FQ%2Bb3%3D';

/** Only 200 is documented for these; 403 and 404 elsewhere in the API, and the others are what a server may well send. */
const refusals: Partial<Record<number, FailureKind>> = {
  400: 'invalid',
  401: 'refused-credentials',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
  500: 'server-fault',
  503: 'server-fault',
};

type Row = Pick<OperationRow, 'operation' | 'sent' | 'body' | 'answer' | 'gives'> & {
  call(of: ReturnType<typeof nextauthSession>): Promise<unknown>;
};

const rows: Row[] = [
  {
    operation: 'getQrLogin',
    call: (of) => of.getQrLogin({ size: 300 }),
    sent: `GET ${base}/sessions/qr/login?img=png&s=300`,
    answer: [200, { bytes: 'as they are' }],
    gives: Buffer.from('{"bytes":"as they are"}'),
  },
  {
    operation: 'getSession',
    call: (of) => of.getSession(),
    sent: `GET ${base}/sessions/`,
    answer: [200, { loggedin: false, canprovoke: true, loginqrdata: 'cXI=', accountid: null, more: 1 }],
    gives: { loggedin: false, canprovoke: true, loginqrdata: 'cXI=' },
  },
  {
    operation: 'logout',
    call: (of) => of.logout(),
    sent: `POST ${base}/sessions/logout`,
    answer: [200],
    gives: undefined,
  },
  {
    operation: 'provokeLogin',
    call: (of) => of.provokeLogin(context),
    sent: `POST ${base}/sessions/provokelogin`,
    body: context,
    answer: [200],
    gives: undefined,
  },
  {
    operation: 'provokeLoginOnAccount',
    call: (of) => of.provokeLoginOnAccount(103, context),
    sent: `POST ${base}/accounts/103/provokelogin`,
    body: context,
    answer: [200],
    gives: undefined,
  },
  {
    operation: 'provokeLoginOnUser',
    call: (of) => of.provokeLoginOnUser(userId, context),
    sent: `POST ${base}/users/anna%2Fberg%40example.com/provokelogin`,
    body: context,
    answer: [200],
    gives: undefined,
  },
];

export const nextauthTable: OperationRow[] = rows.map(({ call, ...row }) => ({
  ...row,
  vendor: 'nextauth',
  headers,
  call: (http) => call(nextauthSession(http, keys, serverId, nonce)),
  refusals,
  // Bodies are text or nothing, and not read.
  refusal: (status) => (status === 403 ? 'no permission for ECHO' : undefined),
}));
