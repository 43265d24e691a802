export interface Strength {
  /** The text that was rated. */
  of: string;
  /** 0 (guessed at once) to 4. */
  score: number;
  words: string;
  /** Why it is easy to guess and what helps; '' from a score of 3 on. */
  why: string;
}

const words = ['Guessed at once', 'Easy to guess', 'Weak: longer is better', 'Good', 'Strong'];

const common = 'It is one of the passwords that are tried first.';
const keys = 'Keys beside each other are tried early.';
const repeats = 'Repeating something adds next to nothing.';
const dates = 'Years and dates are tried early.';
const names = 'Names are on every list that is tried.';

/** The rater's warnings, in our words. */
const warnings: Record<string, string> = {
  topTen: common,
  topHundred: common,
  common,
  similarToCommon: 'It is close to a password that is tried first.',
  straightRow: keys,
  keyPattern: keys,
  simpleRepeat: repeats,
  extendedRepeat: repeats,
  sequences: 'Runs such as “abcd” and “6543” are tried early.',
  recentYears: dates,
  dates,
  wordByItself: 'A single word is on every list that is tried.',
  namesByThemselves: names,
  commonNames: names,
  userInputs: 'The name of this program is tried early.',
};

const advice = 'Use three or four words that have nothing to do with each other.';

/** Longer texts are strong anyway, and rating takes time that grows with the length. */
const rated = 64;

type Rater = (text: string) => { score: number; warning: string | null };
let rater: Promise<Rater> | undefined;

/** Loads the word lists once, when a password is first typed; they are too big for the start of the window. */
function loadRater(): Promise<Rater> {
  rater ??= Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]).then(
    ([{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }]) => {
      const factory = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
      return (text) => {
        const { score, feedback } = factory.check(text.slice(0, rated), ['gatehouse']);
        return { score, warning: feedback.warning };
      };
    },
  );
  return rater;
}

/** How hard a password is to guess, by common passwords, words, keyboard runs, dates and repeats. */
export async function rateStrength(text: string): Promise<Strength> {
  const rate = await loadRater();
  const { score, warning } = rate(text);
  const cause = warning === null ? undefined : warnings[warning];
  return {
    of: text,
    score,
    words: words[score] ?? '',
    why: score >= 3 ? '' : [cause, advice].filter(Boolean).join(' '),
  };
}
