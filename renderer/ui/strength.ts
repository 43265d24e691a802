export type Strength = { /** 0 (guessed at once) to 4. */ score: number; words: string };

const words = ['Guessed at once', 'Easy to guess', 'Weak: longer is better', 'Good', 'Strong'];

/** Longer texts are strong anyway, and rating takes time that grows with the length. */
const rated = 64;

let rater: Promise<(text: string) => number> | undefined;

/** Loads the word lists once, when a password is first typed; they are too big for the start of the window. */
function loadRater(): Promise<(text: string) => number> {
  rater ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) => {
      const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
      return (text) => factory.check(text.slice(0, rated), ['gatehouse']).score;
    },
  );
  return rater;
}

/** How hard a password is to guess, by common passwords, words, keyboard runs, dates and repeats. */
export async function rateStrength(text: string): Promise<Strength> {
  const rate = await loadRater();
  const score = rate(text);
  return { score, words: words[score] ?? '' };
}
