import { GatehouseError } from '#contract/failure.ts';

/** Throws for an answer that is not let in; the request was carried out. */
export function refuse(message: string): never {
  throw new GatehouseError(
    { kind: 'unexpected-answer', message, advice: 'Ask whoever runs the server.' },
    { mayHaveWorked: true },
  );
}
