import type { Action, PersonPage } from '#contract/admin.ts';
import { isoTime, yesOrNo } from '../../kit/display.ts';
import type { Read } from '../../kit/reads.ts';
import type { Alert, Device, Password, SessionResult, UserStatus } from '../api/models.ts';
import { passwordName, passwordType } from './password-actions.ts';
import { sessionRowId } from './person-actions.ts';
import { passwordStatusWords, userStatusWords } from './words.ts';

type Table = PersonPage['tables'][number];
type Row = Table['rows'][number];

function table<T>(
  title: string,
  columns: Record<string, string>,
  empty: string,
  read: Read<T[]>,
  row: (one: T, index: number) => Row,
): Table {
  return {
    title,
    columns: Object.entries(columns).map(([id, label]) => ({ id, label })),
    rows: (read.value ?? []).map(row),
    empty,
    ...(read.failed ? { failed: read.failed } : {}),
  };
}

export const passwordsTable = (
  user: string,
  read: Read<Password[]>,
  actions: (one: Password) => Action[],
): Table =>
  table(
    'Passwords',
    { type: 'Password', status: 'Status', date: 'Since' },
    'No passwords.',
    read,
    (one, index) => ({
      id: `${user}/${passwordType(one) || index}`,
      cells: { type: passwordName(one), status: passwordStatusWords(one.status), date: isoTime(one.date) },
      actions: actions(one),
    }),
  );

export const devicesTable = (user: string, read: Read<Device[]>, actions: (one: Device) => Action[]): Table =>
  table(
    'Trusted devices',
    { name: 'Device', active: 'Active', date: 'Since' },
    'No trusted devices.',
    read,
    (one, index) => ({
      id: `${user}/${one.id ?? index}`,
      cells: {
        name: one.name ?? '',
        active: yesOrNo(one.active),
        date: isoTime(one.date),
      },
      actions: actions(one),
    }),
  );

export const sessionsTable = (user: string, read: Read<SessionResult[]>, end: Action): Table =>
  table(
    'Sessions',
    { address: 'Address', channel: 'Channel', opened: 'Opened', here: 'This session' },
    'Signed in nowhere.',
    read,
    (one) => ({
      id: sessionRowId(user, one),
      cells: {
        address: one.remoteAddress ?? '',
        channel: one.channel?.name ?? '',
        opened: isoTime(one.creationDate),
        here: one.currentSession ? 'yes' : '',
      },
      actions: one.currentSession ? [] : [end],
    }),
  );

export const statusTable = (read: Read<UserStatus>): Table =>
  table(
    'Status history',
    { status: 'Status', from: 'From', until: 'Until', by: 'By', comment: 'Comment' },
    'The status was never changed.',
    read.failed === undefined ? { value: read.value.history } : { failed: read.failed },
    (one, index) => ({
      id: `status/${index}`,
      cells: {
        status: userStatusWords(one.status),
        from: isoTime(one.period?.begin),
        until: isoTime(one.period?.end),
        by: one.by?.display ?? '',
        comment: one.comment ?? '',
      },
      actions: [],
    }),
  );

export const alertsTable = (read: Read<Alert[]>): Table =>
  table('Alerts', { date: 'When', text: 'Alert' }, 'No alerts.', read, (one, index) => ({
    id: `alert/${one.id ?? index}`,
    cells: { date: isoTime(one.date), text: one.text ?? one.type ?? '' },
    actions: [],
  }));
