import { useCallback, useEffect, useRef, useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import type { Failure, Finding } from '../state/types.ts';

/** What a session has said of somebody; without either it is still being asked. */
export interface Answer {
  findings?: Finding[];
  failure?: Failure;
}

/** What each of these sessions knows of `email`; asked anew when it is another one, or another `turn`. Nobody is asked for ''. */
export function useAnswers(sessionIds: readonly string[], email: string, turn: number) {
  const question = `${turn} ${email}`;
  const [held, setHeld] = useState<{ question: string; answers: Record<string, Answer> }>({
    question: '',
    answers: {},
  });
  /** The last asking of each session: an answer to an earlier one is out of date. */
  const asked = useRef<{ question: string; turns: Map<string, number> }>({ question: '', turns: new Map() });

  const ask = useCallback(
    async (sessionId: string) => {
      const { turns } = asked.current;
      const mine = (turns.get(sessionId) ?? 0) + 1;
      turns.set(sessionId, mine);
      const put = (answer: Answer) => {
        if (asked.current.turns !== turns || turns.get(sessionId) !== mine) return;
        setHeld((was) => {
          const before = was.question === question ? was.answers : {};
          return { question, answers: { ...before, [sessionId]: answer } };
        });
      };
      try {
        put({ findings: await call('people.why', { sessionId, email }) });
      } catch (error) {
        put({ failure: asFailure(error) });
      }
    },
    [question, email],
  );

  const ids = sessionIds.join(' ');
  useEffect(() => {
    if (asked.current.question !== question) asked.current = { question, turns: new Map() };
    if (email === '') return;
    for (const id of ids.split(' ').filter(Boolean)) if (!asked.current.turns.has(id)) void ask(id);
  }, [ids, question, email, ask]);

  // What comes after the page is left is nobody's.
  useEffect(
    () => () => {
      asked.current = { question: '', turns: new Map() };
    },
    [],
  );

  return { answers: held.question === question ? held.answers : {}, reload: (id: string) => void ask(id) };
}
