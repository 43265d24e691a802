import { GatehouseError } from '#contract/failure.ts';

/** What is said before a vendor makes a token. */
export const newTokenEffect =
  'The new token is put on the clipboard for a short while and shown nowhere else: paste it at once where it is needed. ' +
  'If it is lost, delete it and make another. The ledger says that it was made and copied, not what it is.';

/** Returns the answer of a request that makes a token; when it is lost, the failure says that the token may exist all the same. */
export async function withLostTokenAdvice<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof GatehouseError) || !error.mayHaveWorked) throw error;
    const advice =
      'It may have been made all the same, and nobody has it then. Look at the list, and delete it there.';
    throw new GatehouseError({ ...error.failure, advice }, { mayHaveWorked: true, cause: error });
  }
}
