import * as shape from '#contract/shapes.ts';
import { validMoment } from '#lib/valid-moment.ts';
import { shown } from './displayable.ts';

/** What a prompt offers to choose from. */
const mostChoices = 100;

const between = (least: number, number: number, most: number) =>
  Math.min(Math.max(least, Math.trunc(number) || least), most);

/** Characters that all agreements of one prompt say together. */
const mostContent = 250_000;

type Agreements = Extract<shape.Challenge, { kind: 'agreements' }>['agreements'];

/** The agreements with what they say, until that becomes too much for one prompt. */
function readable(agreements: Agreements): Agreements {
  let left = mostContent;
  return agreements.map(({ content, ...one }) => {
    left -= content?.length ?? 0;
    return content === undefined || left < 0 ? one : { ...one, content };
  });
}

/** What a prompt asks for, with numbers that a form can be drawn with. */
export function challengeOf(ask: shape.Challenge, latest: number): shape.Challenge {
  const bounded = (): shape.Challenge => {
    switch (ask.kind) {
      case 'code':
        return {
          ...ask,
          boxes: between(1, ask.boxes, 12),
          // Of boxes that are not as many as the vendor says, none says how long a code is.
          ...(ask.exact && between(1, ask.boxes, 12) !== ask.boxes ? { exact: false } : {}),
          ...(ask.rememberDays === undefined ? {} : { rememberDays: between(1, ask.rememberDays, 3650) }),
        };
      case 'new-password':
        return {
          ...ask,
          ...(ask.minLength === undefined ? {} : { minLength: between(0, ask.minLength, 1000) }),
          ...(ask.maxLength === undefined ? {} : { maxLength: between(1, ask.maxLength, 10_000) }),
        };
      case 'virtual-keyboard':
        return { ...ask, combinations: [], buttonsPerRow: between(1, ask.buttonsPerRow, 30) };
      case 'scan':
        return {
          ...ask,
          staleAt: ask.staleAt === null ? null : Math.min(validMoment(ask.staleAt) ?? latest, latest),
          pushTargets: ask.pushTargets.slice(0, mostChoices),
        };
      case 'choice':
        return { ...ask, options: ask.options.slice(0, mostChoices) };
      case 'agreements':
        return { ...ask, agreements: ask.agreements.slice(0, mostChoices) };
      default:
        return ask;
    }
  };
  const read = shape.ask.parse(shown(bounded()));
  if (read.kind === 'agreements') return { ...read, agreements: readable(read.agreements) };
  if (read.kind !== 'virtual-keyboard' || ask.kind !== 'virtual-keyboard') return read;
  // Buttons stand for themselves, blanks included, so they are cut and not cleaned.
  const layouts = ask.combinations
    .slice(0, 100)
    .map((one) => one.slice(0, 100).map((key) => key.slice(0, 50)));
  return { ...read, combinations: layouts };
}
