import type { FormField } from '../vendor.ts';

export const form: FormField[] = [
  {
    name: 'baseUrl',
    label: 'Address',
    type: 'url',
    required: true,
    secret: false,
    initial: 'https://api.nextauth.com',
    help: 'The address of the nextAuth API; change it for a server of your own.',
  },
  {
    name: 'serverId',
    label: 'Server id',
    type: 'text',
    required: true,
    secret: false,
    identifies: 'other',
    help: 'The id of the virtual server, in base64, exactly as nextAuth shows it.',
  },
  {
    name: 'apiKey',
    label: 'API key',
    type: 'password',
    required: true,
    secret: true,
    help: 'Its role needs the permission “sessions”; with “servers”, “users” and “accounts” more can be shown.',
  },
  {
    name: 'roleId',
    label: 'Role id',
    type: 'text',
    required: false,
    secret: false,
    help: 'Only to act as another role than the key’s own.',
  },
];
