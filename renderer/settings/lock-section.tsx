import { useApp } from '../state/store.ts';
import type { Settings } from '../state/types.ts';
import { Switch } from '../ui/choice.tsx';
import { Card, Section } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { changeSettings } from './change.ts';
import { SettingRow } from './setting-row.tsx';

const usual = [1, 5, 15, 30, 60, 240, 0];

const atLock: { value: Settings['consolesOnLock']; label: string }[] = [
  { value: 'hide', label: 'Hide them' },
  { value: 'close', label: 'Close them' },
];

const afterWords = (minutes: number): string => {
  if (minutes === 0) return 'Never';
  if (minutes % 60 === 0) return minutes === 60 ? 'After 1 hour' : `After ${String(minutes / 60)} hours`;
  return minutes === 1 ? 'After 1 minute' : `After ${String(minutes)} minutes`;
};

const cancels = 'Open prompts are cancelled by a lock; open sessions stay open.';
const ownInputOnly =
  'Under Wayland some desktops don’t tell of input in other programs; then only input in Gatehouse counts.';

/** When the vault locks by itself. */
export function LockSection() {
  const settings = useApp((app) => app.settings);
  const system = useApp((app) => app.appInfo.system);
  const minutes = [...new Set([settings.autoLockMinutes, ...usual])].toSorted(
    (a, b) => (a || Infinity) - (b || Infinity),
  );
  return (
    <Section title="Locking">
      <Card>
        <SettingRow>
          <Select
            label="Lock without input"
            help={system === 'wayland' ? `${cancels} ${ownInputOnly}` : cancels}
            options={minutes.map((one) => ({ value: String(one), label: afterWords(one) }))}
            value={String(settings.autoLockMinutes)}
            onChange={(value) => void changeSettings({ autoLockMinutes: Number(value) })}
          />
        </SettingRow>
        <SettingRow>
          <Switch
            isSelected={settings.lockOnSuspend}
            onChange={(lockOnSuspend) => void changeSettings({ lockOnSuspend })}
            help={
              system === 'wayland' || system === 'x11'
                ? 'Also when the screen is locked, where the desktop or the system says so.'
                : 'Also when the screen is locked.'
            }
          >
            Lock when the computer sleeps
          </Switch>
        </SettingRow>
        <SettingRow>
          <Select
            label="Vendors’ consoles at a lock"
            help="Hidden ones stay signed in and come back when you unlock."
            options={atLock}
            value={settings.consolesOnLock}
            onChange={(value) => {
              const consolesOnLock = atLock.find((one) => one.value === value)?.value;
              if (consolesOnLock) void changeSettings({ consolesOnLock });
            }}
          />
        </SettingRow>
      </Card>
    </Section>
  );
}
