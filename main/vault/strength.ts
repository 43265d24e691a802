import { GatehouseError } from '#contract/failure.ts';

/** zxcvbn's scale goes from 0 (guessed at once) to 4; 3 takes 10^8 guesses and more, each at the cost of scrypt. */
const enough = 3;
/** Longer texts are strong anyway, and rating takes time that grows with the length. */
const rated = 64;
const shortest = 8;

/** Throws `invalid` (field `passphrase`) for one that is too short or too easily guessed. */
export async function checkPassphrase(passphrase: string): Promise<void> {
  // As it is stretched: what looks wide to a person is the ordinary letter to a guesser.
  const text = passphrase.normalize('NFKC');
  if ([...text].length < shortest) {
    throw refused(`The passphrase needs at least ${shortest} characters.`);
  }
  // Loaded when a passphrase is set: the word lists are too big for every start.
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const rater = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  if (rater.check(text.slice(0, rated), ['gatehouse']).score >= enough) return;
  throw refused('This passphrase is too easy to guess. Take several words that do not belong together.');
}

function refused(message: string): GatehouseError {
  return new GatehouseError({ kind: 'invalid', message, fields: { passphrase: message } });
}
