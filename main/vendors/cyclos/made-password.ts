import { GatehouseError } from '#contract/failure.ts';

/** Returns a password that Cyclos makes and tells once. When its answer is lost, the failure says what that means. */
export async function madePassword(work: Promise<string>): Promise<string> {
  let password: string;
  try {
    password = (await work).trim();
  } catch (error) {
    if (!(error instanceof GatehouseError) || !error.mayHaveWorked) throw error;
    const lost =
      'Cyclos may have made the new password all the same: then nobody has it, and the old one is over.';
    const { failure } = error;
    throw new GatehouseError(
      {
        ...failure,
        message: `${failure.message} ${lost}`,
        advice: 'If so, an administrator has to reset it.',
      },
      { mayHaveWorked: true, cause: error },
    );
  }
  if (password) return password;
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: 'Cyclos made a new password and did not tell it: nobody has it, and the old one is over.',
    advice: 'An administrator has to reset it.',
  });
}
