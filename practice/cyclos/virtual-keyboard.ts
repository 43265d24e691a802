import type { PracticeIds } from '../common/seed.ts';

/** One combination of buttons a key press; each button stands for two characters. */
const COMBINATIONS = 4;
export const BUTTONS = 5;
export const BUTTONS_PER_ROW = 5;

/** New buttons: every digit is on one button of each combination. */
export function newKeyboard(ids: PracticeIds): { id: string; buttons: string[][] } {
  const buttons: string[][] = [];
  for (let number = 0; number < COMBINATIONS; number += 1) {
    const digits = [...'0123456789'];
    const rest: string[] = [];
    while (digits.length > 0) {
      const pick = Number(ids.nextPin(6)) % digits.length;
      rest.push(...digits.splice(pick, 1));
    }
    buttons.push(Array.from({ length: BUTTONS }, (_, at) => `${rest[2 * at]}${rest[2 * at + 1]}`));
  }
  return { id: ids.nextToken('cyclos keyboard', 12), buttons };
}

/**
 * Whether the chosen buttons, joined with `|`, can spell the password. 4.16 puts the keyboard's id and `|` in front;
 * 4.11 has no id.
 */
export function spells(
  keyboard: { id: string; buttons: string[][] } | null,
  value: string,
  password: string,
  withId: boolean,
): boolean {
  if (!keyboard) return false;
  const parts = value.split('|');
  if (withId && parts.shift() !== keyboard.id) return false;
  const known = new Set(keyboard.buttons.flat());
  return (
    parts.length === password.length &&
    parts.every((part, at) => known.has(part) && part.includes(password.charAt(at)))
  );
}
