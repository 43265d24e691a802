import { useEffect, useRef, useState } from 'react';
import type { Challenge, Prompt } from '../state/types.ts';
import { formatCount } from '../ui/format.ts';

/** ms in which a mistyped last digit can be mended before the code is sent. */
const settle = 300;

interface Options {
  prompt: Prompt;
  ask: Extract<Challenge, { kind: 'code' }>;
  send(code: string): void;
}

/** Failures after which the same code may still be right. */
const keepsCode: ReadonlySet<string> = new Set(['network', 'timeout', 'tls', 'server-fault', 'rate-limited']);

/**
 * What is typed of a code. One whose length is known is sent by itself a moment after its last character, by `submit` at once, and never
 * before it is whole: `missing` then says in words how much there is to go.
 */
export function useCode({ prompt, ask, send }: Options) {
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const latest = useRef(send);
  latest.current = send;
  const { failure } = prompt;
  const wrong = failure !== null && !keepsCode.has(failure.kind);

  useEffect(() => {
    if (failure && !keepsCode.has(failure.kind)) setCode('');
  }, [failure]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  function change(next: string) {
    window.clearTimeout(timer.current);
    setCode(next);
    setMissing(null);
    if (ask.exact && next.length === ask.boxes)
      timer.current = window.setTimeout(() => latest.current(next), settle);
  }

  /** Sends it, if it may be whole. */
  function submit(whole = code) {
    window.clearTimeout(timer.current);
    if (whole === '' || prompt.state !== 'open') return;
    const lacks = ask.exact ? ask.boxes - whole.length : 0;
    if (lacks <= 0) return send(whole);
    const what = formatCount(lacks, ask.numeric ? 'digit' : 'character');
    setMissing(`${what} ${lacks === 1 ? 'is' : 'are'} missing. Nothing was sent.`);
  }

  return { code, change, submit, missing, wrong };
}
