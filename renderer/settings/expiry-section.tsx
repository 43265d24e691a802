import { useApp } from '../state/store.ts';
import { Checkbox, Switch } from '../ui/choice.tsx';
import { Card, Section } from '../ui/page.tsx';
import { span } from '../ui/words.ts';
import { changeSettings } from './change.ts';
import { SettingRow } from './setting-row.tsx';
import style from './settings.module.css';

const usual = [60, 30, 15, 5];

/** What Gatehouse speaks up about. */
export function ExpirySection() {
  const settings = useApp((app) => app.settings);
  const chosen = settings.warnBeforeExpiryMinutes;
  const offered = [...new Set([...usual, ...chosen])].toSorted((a, b) => b - a);

  function mark(minutes: number, on: boolean) {
    const next = offered.filter((one) => (one === minutes ? on : chosen.includes(one)));
    void changeSettings({ warnBeforeExpiryMinutes: next });
  }
  return (
    <Section title="Notifications">
      <Card>
        <SettingRow>
          <Switch
            isSelected={settings.notifications}
            onChange={(notifications) => void changeSettings({ notifications })}
            help="When an account waits for a PIN and the window is not in front, and before sessions expire."
          >
            Show notifications
          </Switch>
        </SettingRow>
        <div className={style.fact}>
          <p id="warn-before" className={style.words}>
            Warn before a session expires
          </p>
          <fieldset className={style.checks} aria-labelledby="warn-before">
            {offered.map((minutes) => (
              <Checkbox
                key={minutes}
                isSelected={chosen.includes(minutes)}
                onChange={(on) => mark(minutes, on)}
              >
                {span(minutes * 60_000)}
              </Checkbox>
            ))}
          </fieldset>
        </div>
      </Card>
    </Section>
  );
}
