import type { Challenge } from '#contract/shapes.ts';
import type { PasswordInput } from '../api/models.ts';

/** Whether this password is entered on buttons that the server sends. */
export function hasKeyboard(input: PasswordInput | undefined): input is PasswordInput {
  const method = input?.passwordType?.inputMethod ?? input?.inputMethod;
  return method === 'virtualKeyboard' && (input?.buttons.length ?? 0) > 0;
}

export function keyboardAsk(input: PasswordInput, label: string): Challenge {
  const perRow = input.passwordType?.buttonsPerRow ?? input.buttonsPerRow;
  const combinations = input.buttons;
  return {
    kind: 'virtual-keyboard',
    label,
    combinations,
    buttonsPerRow: perRow ?? combinations[0]?.length ?? 1,
  };
}

/** The value of pressed buttons for the wire: groups joined with `|` already; 4.16 wants the keyboard's id in front. */
export function keyboardValue(pressed: string, keyboardId: string | null): string {
  return keyboardId ? `${keyboardId}|${pressed}` : pressed;
}

/** The buttons that a person would press for a known password; null when a character is on none of them. */
export function pressFor(password: string, input: PasswordInput): string | null {
  const pressed: string[] = [];
  for (const [at, character] of [...password].entries()) {
    const buttons = input.buttons[at % input.buttons.length];
    const button = buttons?.find((group) => group.includes(character));
    if (button === undefined) return null;
    pressed.push(button);
  }
  return pressed.length ? pressed.join('|') : null;
}
