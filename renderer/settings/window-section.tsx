import { useApp } from '../state/store.ts';
import type { Settings } from '../state/types.ts';
import { Switch } from '../ui/choice.tsx';
import { Card, Section } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { changeSettings } from './change.ts';
import { SettingRow } from './setting-row.tsx';

const themes: { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const endings: { value: Settings['onQuit']; label: string }[] = [
  { value: 'ask', label: 'Ask each time' },
  { value: 'end-all', label: 'End all sessions' },
  { value: 'keep-all', label: 'Keep all sessions' },
];

const onPrompts: { value: Settings['onPrompt']; label: string }[] = [
  { value: 'raise', label: 'Bring the window up' },
  { value: 'notify', label: 'Only notify' },
];

const kept = 'Sessions that are kept stay open at the vendors and are checked at the next start.';
const atSystemEnd =
  'Windows does not wait when it shuts down or signs you out: what is to end then is ordered, and goes to the vendors when Gatehouse starts again.';

/** Appearance, tray, quitting. */
export function WindowSection() {
  const settings = useApp((app) => app.settings);
  const system = useApp((app) => app.appInfo.system);
  return (
    <Section title="Window">
      <Card>
        <SettingRow>
          <Select
            label="Theme"
            options={themes}
            value={settings.theme}
            onChange={(value) => {
              const theme = themes.find((one) => one.value === value)?.value;
              if (theme) void changeSettings({ theme });
            }}
          />
        </SettingRow>
        <SettingRow>
          <Switch
            isSelected={settings.closeToTray}
            onChange={(closeToTray) => void changeSettings({ closeToTray })}
            help="Closing the window leaves Gatehouse running in the tray."
          >
            Stay in the tray
          </Switch>
        </SettingRow>
        <SettingRow>
          <Select
            label="When a sign-in needs you"
            help="While you type in another program the window stays where it is, and you are notified."
            options={onPrompts}
            value={settings.onPrompt}
            onChange={(value) => {
              const onPrompt = onPrompts.find((one) => one.value === value)?.value;
              if (onPrompt) void changeSettings({ onPrompt });
            }}
          />
        </SettingRow>
        <SettingRow>
          <Select
            label="When quitting with open sessions"
            help={system === 'windows' ? `${kept} ${atSystemEnd}` : kept}
            options={endings}
            value={settings.onQuit}
            onChange={(value) => {
              const onQuit = endings.find((one) => one.value === value)?.value;
              if (onQuit) void changeSettings({ onQuit });
            }}
          />
        </SettingRow>
        <ShortcutRow />
      </Card>
    </Section>
  );
}

/** Keys for the whole desktop are taken only from who gives them. */
function ShortcutRow() {
  const wanted = useApp((app) => app.settings.signOutShortcut);
  const { system, signOutShortcut } = useApp((app) => app.appInfo);
  const keys = system === 'macos' ? '⌥⇧⌘O' : 'Ctrl+Alt+Shift+O';
  const help =
    wanted && signOutShortcut === 'refused'
      ? 'Another program has these keys already, so they do nothing here. Free them there, or use the tray.'
      : system === 'wayland'
        ? 'From any program, at once. Your desktop may ask you to allow it, and may refuse without a word: try it once.'
        : 'From any program, at once and without a question.';
  return (
    <SettingRow>
      <Switch
        isSelected={wanted}
        onChange={(next) => void changeSettings({ signOutShortcut: next })}
        help={help}
      >
        Sign out everywhere with {keys}
      </Switch>
    </SettingRow>
  );
}
