import { defineAction } from '../../kit/actions.ts';
import { field } from '../../kit/fields.ts';
import type { Right } from '../../kit/rights.ts';
import type { IdentityLink } from '../api/models.ts';
import type { PersonContext } from './context.ts';

interface LinkOf {
  link: IdentityLink;
  canEdit: boolean | undefined;
}

export const providerName = ({ identityProvider: one }: IdentityLink) =>
  one?.name ?? one?.internalName ?? 'Identity provider';
const providerId = ({ identityProvider: one }: IdentityLink) => one?.internalName ?? one?.id ?? '';

const editRight: Right<LinkOf> = {
  name: 'the right to edit links to identity providers',
  isHeld: ({ canEdit }) => canEdit === true,
};

export const unlinkProvider = defineAction({
  id: 'unlink-provider',
  object: ({ link }: LinkOf) => providerId(link),
  label: ({ link }) => `Unlink ${providerName(link)}`,
  danger: true,
  fields: [
    field('afterwards', 'Afterwards', {
      type: 'select',
      initial: 'open',
      options: [
        { value: 'open', label: 'A sign-in by it with the same e-mail address links it again' },
        { value: 'off', label: 'No sign-in by it, whatever its e-mail address' },
      ],
    }),
  ],
  effect: 'This link no longer signs in to Cyclos. The account at the provider stays as it is.',
  right: editRight,
  when: ({ link }) => link.status === 'linked' && providerId(link) !== '',
  async run({ client, user }: PersonContext, { object: provider, values }) {
    const disable = values.afterwards === 'off';
    await client.users.unlinkIdentityProvider(user, provider, disable);
    return {
      message: disable ? 'The provider is unlinked and switched off here.' : 'The provider is unlinked.',
    };
  },
});
