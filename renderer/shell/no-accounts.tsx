import { FlaskConical, Plus } from 'lucide-react';
import { goTo } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import style from './main-pane.module.css';
import { startPractice } from './start-practice.ts';

const start = () => void startPractice();

/** The first run: two ways to begin. */
export function NoAccounts() {
  const practice = useApp((app) => app.appInfo.practice);
  return (
    <div className={style.centre}>
      <EmptyState
        level={1}
        title="No accounts yet"
        actions={
          <>
            <Button variant="main" icon={Plus} onPress={() => goTo({ at: 'add-account' })}>
              Add an account
            </Button>
            <Button icon={FlaskConical} isPending={practice.state === 'starting'} onPress={start}>
              {practice.state === 'starting' ? 'Starting the practice servers' : 'Use the practice servers'}
            </Button>
          </>
        }
      >
        <p>
          Add the account that you sign in with, or try Gatehouse on practice servers that run on this
          computer only.
        </p>
        {practice.failure && <FailureNote failure={practice.failure} onRetry={start} />}
      </EmptyState>
    </div>
  );
}
