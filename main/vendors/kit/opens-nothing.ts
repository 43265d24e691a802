import { GatehouseError } from '#contract/failure.ts';

/** Work that can open nothing at the vendor: its failure says so, even if the request got through and the answer did not. */
export async function opensNothing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GatehouseError && error.mayHaveWorked) throw new GatehouseError(error.failure);
    throw error;
  }
}
