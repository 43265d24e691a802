import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { useApp } from '../state/store.ts';
import type { Updates } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatTime } from '../ui/format.ts';
import { Card, Section } from '../ui/page.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { FactRow } from './setting-row.tsx';
import style from './settings.module.css';

const mostLines = 60;

/** Whether there is a newer Gatehouse, what is new in it, and the way to it. */
export function UpdatesSection() {
  const { updates, version } = useApp((app) => app.appInfo);
  const { state, failure, notes, progress } = updates;
  const percent = `${Math.floor(progress * 100)} %`;
  const newer = `Gatehouse ${sanitizeText(updates.version, 60)}`;
  if (state === 'off') {
    return (
      <Frame>
        <FactRow
          label="Updates are off"
          help={sanitizeText(`${failure?.message ?? ''} ${failure?.advice ?? ''}`, 600)}
        />
      </Frame>
    );
  }
  return (
    <Frame>
      {state === 'ready' ? (
        <FactRow
          label={`${newer} is ready`}
          help="Gatehouse restarts to install it. Sessions stay open unless you end them."
        >
          <Button variant="main" onPress={() => act('updates.install')}>
            Restart and update
          </Button>
        </FactRow>
      ) : (
        <FactRow
          label={state === 'downloading' ? `${newer} is being downloaded` : `Gatehouse ${version}`}
          help={state === 'downloading' ? percent : <LastCheck updates={updates} />}
        >
          <Button
            icon={RotateCw}
            isPending={state === 'checking'}
            isDisabled={state === 'downloading'}
            onPress={() => act('updates.check')}
          >
            Check now
          </Button>
        </FactRow>
      )}
      {state === 'downloading' && (
        <div className={style.row}>
          <ProgressBar label={`Download of ${newer}`} value={progress} />
        </div>
      )}
      {failure && (
        <div className={style.row}>
          <FailureNote failure={failure} />
        </div>
      )}
      {notes && <Notes title={`What is new in ${newer}`} text={notes} />}
      <FactRow
        label="Going back"
        help="Install the earlier version over this one. If it can’t read newer data, it says so, changes nothing, and offers the backup from before."
      />
    </Frame>
  );
}

const Frame = ({ children }: { children: ReactNode }) => (
  <Section title="Updates">
    <Card>{children}</Card>
  </Section>
);

function LastCheck({ updates }: { updates: Updates }) {
  const checked = useTimed((now) => updates.checkedAt && formatTime(updates.checkedAt, now));
  if (updates.state === 'checking') return 'Looking for a newer version.';
  if (!checked) return 'Not checked since the start.';
  if (updates.version) return `Checked ${checked}.`;
  return `Checked ${checked}. There is nothing newer.`;
}

function Notes({ title, text }: { title: string; text: string }) {
  const lines = text
    .split('\n', mostLines)
    .map((line) => sanitizeText(line, 400))
    .filter(Boolean);
  return (
    <section className={style.row} aria-label={title}>
      <p>{title}</p>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, which never move
        <p key={index} className={style.help}>
          {line}
        </p>
      ))}
    </section>
  );
}
