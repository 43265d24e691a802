import { defineAction } from '../../kit/actions.ts';
import { field, passwordField, requireField } from '../../kit/fields.ts';
import type { Right } from '../../kit/rights.ts';
import type { PasswordsData, UserView } from '../api/models.ts';
import type { PersonContext } from './context.ts';

interface AnswerOf {
  view: UserView | null;
  /** Null where it could not be read. */
  passwords: PasswordsData | null;
}

const resetRight: Right<AnswerOf> = {
  name: 'the right to reset security answers',
  isHeld: ({ view }) => view?.permissions?.passwords?.resetSecurityQuestion === true,
};

export const resetSecurityAnswer = defineAction({
  id: 'reset-security-answer',
  label: 'Reset the security answer',
  danger: true,
  effect:
    'They can’t recover a forgotten password by it until they have set another answer. They are not told.',
  right: resetRight,
  // Of who has none yet, Cyclos says how to set one.
  when: ({ passwords }: AnswerOf) => passwords?.dataForSetSecurityAnswer === undefined,
  async run({ client, user }: PersonContext) {
    await client.passwords.resetUserSecurityAnswer(user);
    return { message: 'The security answer is reset. They can set another now.' };
  },
});

const questionsOf = (caller: PasswordsData | null) =>
  (caller?.dataForSetSecurityAnswer?.securityQuestions ?? []).flatMap(({ internalName, name }) =>
    internalName ? [{ value: internalName, label: name ?? internalName }] : [],
  );

export const setSecurityAnswer = defineAction({
  id: 'set-security-answer',
  label: 'Set a security answer',
  fields: ({ caller }: { caller: PasswordsData | null }) => [
    field('question', 'Question', { type: 'select', options: questionsOf(caller) }),
    passwordField('answer', 'Answer'),
  ],
  effect: 'Cyclos asks for it when you recover a forgotten password. Only an administrator can reset it.',
  when: ({ caller }: { caller: PasswordsData | null }) => questionsOf(caller).length > 0,
  async run({ client }: PersonContext, { values }) {
    const question = requireField(values, 'question', 'Choose a question.');
    const answer = requireField(values, 'answer', 'Type the answer.');
    await client.passwords.setSecurityAnswer(question, answer);
    return { message: 'Your security answer is set.' };
  },
});
