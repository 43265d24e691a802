import type { Prompt, Settings } from '#contract/shapes.ts';
import { nativeText } from '#lib/native-text.ts';
import { notify } from './notifications.ts';
import type { MainWindow } from './window.ts';

interface PromptNoticesOptions {
  window: Pick<MainWindow, 'focused' | 'show' | 'request'>;
  settings(): Settings;
  /** Seconds since the last input anywhere on this machine. */
  idleSeconds(): number;
  /** The prompts that wait for the person. */
  open(): Prompt[];
  /** The label of an account, where it may be named. */
  label(accountId: string): string | undefined;
}

/** ms in which prompts that come one after another become one notification. */
const gathering = 400;

/** Seconds after the last input in which somebody may still be typing in another program. */
const typing = 3;

/** Names in one notification. */
const named = 5;

/** Tells the person of sign-ins that wait for them, where the window is not before them: in one notification, and by bringing it up. */
export function createPromptNotices({ window, settings, idleSeconds, open, label }: PromptNoticesOptions) {
  let asked: Prompt[] = [];
  let timer: NodeJS.Timeout | undefined;
  let takeBack = () => {};

  function show() {
    window.show();
    window.request({ what: 'show-prompts' });
  }

  function tell() {
    timer = undefined;
    const all = new Map([...open(), ...asked].map((prompt) => [prompt.id, prompt]));
    asked = [];
    if (window.focused()) return;
    const { onPrompt, notifications } = settings();
    if (onPrompt === 'raise' && idleSeconds() >= typing) show();
    takeBack();
    takeBack = () => {};
    if (!notifications) return;
    const labels = [...all.values()].map(({ accountId }) => nativeText(label(accountId) || 'An account', 50));
    const title =
      labels.length === 1 ? `${labels[0]} is waiting for you` : `${labels.length} sign-ins wait for you`;
    const more = labels.length > named ? ` and ${labels.length - named} more` : '';
    const body = labels.length === 1 ? 'Open Gatehouse to answer.' : labels.slice(0, named).join(', ') + more;
    takeBack = notify(title, body, show);
  }

  return {
    /** A prompt newly wants the person. */
    prompted(prompt: Prompt) {
      if (window.focused()) return;
      asked.push(prompt);
      timer ??= setTimeout(tell, gathering);
    },
    /** Nothing that was asked is told any more. */
    forget() {
      clearTimeout(timer);
      timer = undefined;
      asked = [];
    },
  };
}
