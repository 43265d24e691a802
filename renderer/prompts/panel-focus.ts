/** Where the focus goes between the panel of prompts and the work beside it. */

const panelId = 'prompts';

/** ms after the last letter in which somebody still types in a field. */
const typingLasts = 3_000;

let cameFrom: HTMLElement | null = null;
let typedIn: EventTarget | null = null;
let typedAt = Number.NEGATIVE_INFINITY;

const panel = (): HTMLElement | null => document.getElementById(panelId);

const isField = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !noText.has(element.type));

const noText: ReadonlySet<string> = new Set(['checkbox', 'radio', 'button', 'range', 'file', 'color']);

export const isInPanel = (element: Element | null): boolean => panel()?.contains(element) ?? false;

/** Notes when something is typed anywhere; returns a disposer. */
export function watchTyping(): () => void {
  function note({ target }: Event) {
    typedIn = target;
    typedAt = performance.now();
  }
  window.addEventListener('input', note, { capture: true });
  return () => window.removeEventListener('input', note, { capture: true });
}

/** Whether the person is typing outside the panel: a field that is half filled in, or any in which they have just typed. */
export function isTypingElsewhere(): boolean {
  const field = document.activeElement;
  if (!isField(field) || isInPanel(field)) return false;
  // A filter may keep its words for long after its use.
  if (field.type !== 'search' && field.value !== '') return true;
  return field === typedIn && performance.now() - typedAt < typingLasts;
}

/**
 * Puts the focus into the first field of what is asked, or on the panel where there is none, and notes where it was. With `keepsKeys` a field
 * that takes letters is left alone, as the next letter may lead on.
 */
export function enterPanel(keepsKeys = false): void {
  const into = panel();
  if (!into) return;
  noteCameFrom(document.activeElement);
  const form = into.querySelector('#prompt-form');
  const first =
    form?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    form?.querySelector<HTMLElement>(':is(input, textarea, fieldset[tabindex]):not(:disabled)') ??
    into.querySelector<HTMLElement>('[data-first]');
  const takesLetters = isField(first ?? null) && first?.inputMode !== 'numeric';
  (first && !(keepsKeys && takesLetters) ? first : into).focus();
}

/** Notes what had the focus before the panel, so that it has it again after. */
export function noteCameFrom(element: EventTarget | null): void {
  if (element instanceof HTMLElement && element !== document.body && !isInPanel(element)) cameFrom = element;
}

/** Gives the focus back to where it was before the panel had it. */
export function leavePanel(): void {
  const back = cameFrom?.isConnected ? cameFrom : document.getElementById('main-pane');
  cameFrom = null;
  back?.focus();
}
