import type { Action, PersonPage } from '#contract/admin.ts';
import { lookUp } from '#lib/look-up.ts';
import { offered } from '../../kit/actions.ts';
import { isoTime, yesOrNo } from '../../kit/display.ts';
import type { Read } from '../../kit/reads.ts';
import type {
  Alert,
  ClientType,
  Device,
  IdentityLinks,
  Password,
  SessionResult,
  UserAgreements,
  UserStatus,
} from '../api/models.ts';
import { findClient } from './client-actions.ts';
import { passwordName, passwordType } from './password-actions.ts';
import { sessionRowId } from './person-actions.ts';
import { providerName, unlinkProvider } from './provider-actions.ts';
import { identityLinkWords, passwordStatusWords, userStatusWords } from './words.ts';

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

export const clientTypesTable = (user: string, read: Read<ClientType[]>): Table =>
  table(
    'Access clients',
    { type: 'Kind', unassigned: 'Any disconnected' },
    'No kind of access client.',
    read,
    (type, index) => ({
      id: `${user}/client/${type.internalName ?? type.id ?? index}`,
      cells: { type: type.name ?? type.internalName ?? '', unassigned: yesOrNo(type.hasUnassigned) },
      actions: [findClient.offer({ type })],
    }),
  );

export const providersTable = (user: string, read: Read<IdentityLinks>): Table =>
  table(
    'Identity providers',
    { provider: 'Provider', status: 'Status', as: 'As', date: 'Since' },
    'No identity providers.',
    read.failed === undefined ? { value: read.value.identityProviders } : { failed: read.failed },
    (link, index) => ({
      id: `${user}/provider/${link.id ?? index}`,
      cells: {
        provider: providerName(link),
        status: identityLinkWords(link.status),
        as: [link.name, link.email].filter(Boolean).join(', '),
        date: isoTime(link.linkDate),
      },
      actions: offered([unlinkProvider], { link, canEdit: read.value?.canEdit }),
    }),
  );

/** Which agreements a person has accepted, by their latest word on each. */
export const agreementsTable = (read: Read<UserAgreements>): Table =>
  table(
    'Agreements',
    {
      name: 'Agreement',
      required: 'Required',
      accepted: 'Accepted',
      version: 'Version',
      address: 'From address',
    },
    'No agreements.',
    read.failed === undefined ? { value: read.value.agreements } : { failed: read.failed },
    ({ id = '', name, internalName, required }, index) => {
      const accepted = lookUp(read.value?.accepted ?? {}, id);
      const log = read.value?.history.find(
        (one) => one.agreement?.id === id && one.accepted && one.date === accepted?.date,
      );
      return {
        id: `agreement/${id || index}`,
        cells: {
          name: name ?? internalName ?? '',
          required: yesOrNo(required),
          accepted: accepted ? isoTime(accepted.date) || 'yes' : 'no',
          version: String(accepted?.acceptedVersion ?? ''),
          address: log?.remoteAddress ?? '',
        },
        actions: [],
      };
    },
  );
