import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { goTo } from '../state/navigation.ts';
import { useAppList } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatCount } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useAnswers } from './use-answers.ts';
import { verdictOf } from './verdict.ts';
import style from './why.module.css';
import { WhyAnswer } from './why-answer.tsx';

/** One address, every live session that can look someone up: why can't they sign in, and what mends it. */
export function WhyPage({ email }: { email: string }) {
  const [typed, setTyped] = useState(email);
  const [problem, setProblem] = useState<string | undefined>();
  const [turn, setTurn] = useState(0);
  const sessions = useAppList((app) => {
    const able = new Set(
      app.vendors.filter(({ abilities }) => abilities.includes('why')).map(({ id }) => id),
    );
    return Object.values(app.sessions)
      .filter(({ state, vendor }) => state === 'active' && able.has(vendor))
      .map(({ id }) => id);
  });

  const { answers, reload } = useAnswers(sessions, email, turn);

  function search(event: FormEvent) {
    event.preventDefault();
    const wanted = typed.trim();
    if (wanted === '') return setProblem('Type the e-mail address or name that they sign in with.');
    setProblem(undefined);
    setTurn(turn + 1);
    goTo({ at: 'why', email: wanted });
  }

  return (
    <Page
      title="Why can’t they sign in?"
      subtitle={
        sessions.length === 0
          ? 'Looks someone up in every live session at once.'
          : `Asks ${formatCount(sessions.length, 'live session')} at once and says what stands in the way.`
      }
    >
      <form className={style.form} onSubmit={search} noValidate>
        <TextField
          label="Their e-mail address"
          value={typed}
          onChange={setTyped}
          error={problem}
          inputMode="email"
          autoComplete="off"
          spellCheck="false"
          autoFocus
        />
        <Button type="submit" variant="main" icon={Search} isDisabled={sessions.length === 0}>
          Look up
        </Button>
      </form>
      {sessions.length === 0 ? (
        <EmptyState title="No live session can look people up">
          Sign in to an account whose vendor lets you see its people, then look again.
        </EmptyState>
      ) : (
        email && <WhyAnswer email={email} verdict={verdictOf(sessions, answers)} onReload={reload} />
      )}
    </Page>
  );
}
