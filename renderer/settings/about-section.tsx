import { FolderOpen } from 'lucide-react';
import { act } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { Card, Section } from '../ui/page.tsx';
import { FactRow } from './setting-row.tsx';
import style from './settings.module.css';

/** Where the data lies, and what is running. */
export function AboutSection() {
  const { dataFolder, host, version } = useApp((app) => app.appInfo);
  return (
    <Section title="About">
      <Card>
        <FactRow label="Data folder" help={<code className={style.path}>{dataFolder}</code>}>
          <Button icon={FolderOpen} onPress={() => act('app.openDataFolder')}>
            Open folder
          </Button>
        </FactRow>
        <FactRow label={`Gatehouse ${version}`} help={`Runs on ${host}.`} />
      </Card>
    </Section>
  );
}
