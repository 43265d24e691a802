import type { PasswordType } from './api/models.ts';

/** What a new password of this type has to be like, a rule each; the length is told apart. Empty where Cyclos does not say. */
export function rulesOf(type: PasswordType | undefined): string[] {
  if (!type) return [];
  const contains = [
    [type.lowerCaseLetters, 'a small letter'],
    [type.upperCaseLetters, 'a capital letter'],
    [type.numbers, 'a digit'],
    [type.specialCharacters, 'a special character'],
  ].flatMap(([policy, what]) => (policy === 'required' ? [`Contains ${what}`] : []));
  return [
    ...(type.description ? [type.description] : []),
    ...(type.onlyNumeric ? ['Digits only'] : contains),
  ];
}

/** The same as the help of a field, with the length where no description has it. */
export function rulesInWords(type: PasswordType | undefined): string | undefined {
  const { minLength, maxLength, description } = type ?? {};
  const length =
    minLength && maxLength
      ? `${minLength} to ${maxLength} characters`
      : minLength
        ? `At least ${minLength} characters`
        : maxLength && `At most ${maxLength} characters`;
  const rules = [...(length && !description ? [length] : []), ...rulesOf(type)];
  return rules.length ? `Cyclos wants: ${rules.map(lowered).join('; ')}.` : undefined;
}

const lowered = (rule: string) =>
  rule.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
