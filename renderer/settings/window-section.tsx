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

/** Appearance, tray, quitting. */
export function WindowSection() {
  const settings = useApp((app) => app.settings);
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
            label="When quitting with open sessions"
            help="Sessions that are kept stay open at the vendors and are checked at the next start."
            options={endings}
            value={settings.onQuit}
            onChange={(value) => {
              const onQuit = endings.find((one) => one.value === value)?.value;
              if (onQuit) void changeSettings({ onQuit });
            }}
          />
        </SettingRow>
      </Card>
    </Section>
  );
}
