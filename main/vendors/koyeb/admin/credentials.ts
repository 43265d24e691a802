import type { PersonPage } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import { defineAction, offered } from '../../kit/actions.ts';
import { isoTime } from '../../kit/display.ts';
import { field, fieldError, requireField } from '../../kit/fields.ts';
import { newTokenEffect, withLostTokenAdvice } from '../../kit/new-token.ts';
import { orFailure } from '../../kit/reads.ts';
import type { KoyebClient } from '../api/client.ts';
import { assumptions } from '../assumptions.ts';
import { organisationOf } from './members.ts';

type Table = PersonPage['tables'][number];
type Credential = Awaited<ReturnType<KoyebClient['listCredentials']>>['credentials'][number];

/** The API credentials that this person may see, each with its end. */
export async function credentialsTable(client: KoyebClient): Promise<Table> {
  const { value, failed } = await orFailure(everyCredential(client));
  return {
    title: 'API credentials',
    columns: [
      { id: 'name', label: 'Name' },
      { id: 'type', label: 'Belongs to' },
      { id: 'description', label: 'Description' },
      { id: 'created', label: 'Made' },
      { id: 'expires', label: 'Expires' },
    ],
    rows: (value ?? []).map((one, index) => ({
      id: one.id ?? `row/${index}`,
      cells: {
        name: one.name ?? '',
        type: one.type === 'ORGANIZATION' ? 'the organisation' : one.type === 'USER' ? 'you' : '',
        description: one.description ?? '',
        created: isoTime(one.created_at),
        expires: isoTime(one.expires_at),
      },
      actions: offered([changeCredential, deleteCredential], one),
    })),
    empty: 'No API credentials.',
    ...(failed ? { failed } : {}),
  };
}

async function everyCredential(client: KoyebClient): Promise<Credential[]> {
  const all: Credential[] = [];
  for (let page = 0; page < assumptions.mostPages; page++) {
    const { credentials } = await client.listCredentials({ limit: assumptions.pageSize, offset: all.length });
    all.push(...credentials);
    if (credentials.length < assumptions.pageSize) break;
  }
  return all;
}

const nameField = field('name', 'Name', { help: 'What it is for, so that it can be told from the others.' });
const descriptionField = field('description', 'Description', { required: false });

/** Returns what both forms have to say; throws `invalid` without a name. */
const namedBy = (values: Record<string, string>) => ({
  name: requireField(values, 'name', 'Type a name.'),
  description: values.description?.trim() ?? '',
});

const changeCredential = defineAction({
  id: 'change-credential',
  object: (one: Credential) => one.id ?? '',
  label: 'Change name and description',
  fields: (one: Credential) => [
    { ...nameField, ...(one.name ? { initial: one.name } : {}) },
    { ...descriptionField, ...(one.description ? { initial: one.description } : {}) },
  ],
  effect: 'Its token stays the same, and whatever uses it goes on.',
  when: (one: Credential) => Boolean(one.id),
  async run(client: KoyebClient, { object, values }) {
    const named = namedBy(values);
    await client.updateCredential(object, named);
    return { message: `The API credential is called “${named.name}” now.` };
  },
});

const deleteCredential = defineAction({
  id: 'delete-credential',
  object: (one: Credential) => one.id ?? '',
  label: 'Delete',
  danger: true,
  confirm: (one: Credential) =>
    `Delete “${one.name ?? one.id}”? Whatever uses its token stops working at once, this session too if it was signed in with it.`,
  when: (one: Credential) => Boolean(one.id),
  async run(client: KoyebClient, { object }) {
    await client.deleteCredential(object);
    return { message: 'The API credential is deleted; its token no longer works.' };
  },
});

/** Makes a credential; Koyeb gives its token once, and it goes to main's clipboard only. */
export const newCredential = defineAction({
  id: 'new-credential',
  label: 'New API credential',
  /** `organisation`: the one that the session acts in. */
  fields: ({ organisation }: { organisation: string | undefined }) => [
    nameField,
    descriptionField,
    field('type', 'Belongs to', {
      type: 'select',
      options: [
        { value: 'USER', label: 'you' },
        ...(organisation ? [{ value: 'ORGANIZATION', label: organisation }] : []),
      ],
    }),
  ],
  effect: newTokenEffect,
  async run(client: KoyebClient, { values }) {
    const { name, description } = namedBy(values);
    const type = values.type === 'ORGANIZATION' ? 'ORGANIZATION' : 'USER';
    const organizationId = type === 'ORGANIZATION' ? (await organisationOf(client))?.id : undefined;
    if (type === 'ORGANIZATION' && !organizationId)
      throw fieldError('type', 'This session is in no organisation.');
    const { token } = await withLostTokenAdvice(
      client.createCredential({ name, description, type, organizationId }),
    );
    if (token) return { message: `The API credential “${name}” is made.`, copy: token };
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: `Koyeb made the API credential “${name}” and did not give its token.`,
      advice: 'Delete it from the list, and make one in Koyeb’s settings.',
    });
  },
});

export const ownActions = [newCredential, changeCredential, deleteCredential];
