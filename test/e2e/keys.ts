import type { Page } from 'playwright';

export interface Keys {
  /** Presses one key or one chord: "Enter", "Control+k". */
  press(key: string): Promise<void>;
  /** Types a text; each character is a key. */
  type(text: string): Promise<void>;
  /** How many keys were pressed since the last call, a chord as one. */
  count(): number;
}

/** The page's keyboard, with what is pressed counted: a job that may cost so many keys is done through it alone. */
export function countKeys({ keyboard }: Page): Keys {
  let pressed = 0;
  return {
    async press(key) {
      pressed += 1;
      await keyboard.press(key);
    },
    async type(text) {
      pressed += [...text].length;
      await keyboard.type(text);
    },
    count() {
      const counted = pressed;
      pressed = 0;
      return counted;
    },
  };
}
