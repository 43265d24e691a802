import { type Failure, failureKind } from '#contract/failure.ts';
import { plainId, plainLines, plainText } from '#http/redact.ts';
import { validMoment } from '#lib/valid-moment.ts';
import { mostRows } from '../kit/schema.ts';

/** Characters of a sentence, and of a name or label. */
export const longest = { sentence: 1000, name: 200 };

/** Characters of a text that is read in lines: an agreement. */
const longestContent = 100_000;
/** Characters that fit into a QR code. */
const longestCode = 2900;
/** Characters of a picture, as a data: address. */
const longestImage = 1024 * 1024;

const longestOf = new Map([
  ['name', longest.name],
  ['label', longest.name],
  ['title', longest.name],
  ['detail', longest.name],
  ['badge', longest.name],
  // Attributes that a server's owner keeps of a person, as one text.
  ['value', 4000],
]);

function shownText(name: string, text: string): string | undefined {
  if (name === 'payload' || name === 'qr') return text.slice(0, longestCode);
  if (name === 'image')
    return text.length <= longestImage && /^data:image\/(png|jpeg|gif);base64,/.test(text) ? text : undefined;
  if (name === 'content') return plainLines(text, longestContent);
  if (name === 'id' || name === 'personId') return plainId(text);
  return plainText(text, longestOf.get(name) ?? longest.sentence);
}

/** Plain data for the screen with every text, number and list in it bounded; to be checked against its shape afterwards. */
export function shown(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return shownText(name, value);
  if (typeof value === 'number') return Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) : null;
  if (Array.isArray(value)) return value.slice(0, mostRows).map((item) => shown(item, name));
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, key)]));
}

const mostFields = 50;

/** A failure as it may be filed and shown, whatever a vendor's code made of a server's answer. */
export function shownFailure(failure: Failure): Failure {
  const { kind, message, advice, vendorCode, status, fields, missingRight } = failure;
  const sentence = (text: unknown) => (typeof text === 'string' ? plainText(text, longest.sentence) : '');
  const until = validMoment(failure.until);
  return {
    kind: failureKind.safeParse(kind).data ?? 'unexpected-answer',
    message: sentence(message) || 'The server gave an answer that Gatehouse does not understand.',
    ...(sentence(advice) ? { advice: sentence(advice) } : {}),
    ...(typeof vendorCode === 'string' && /^[\w.-]{1,60}$/.test(vendorCode) ? { vendorCode } : {}),
    ...(Number.isSafeInteger(status) ? { status } : {}),
    ...(until === undefined ? {} : { until }),
    ...(fields
      ? {
          fields: Object.fromEntries(
            Object.entries(fields)
              .slice(0, mostFields)
              .map(([name, text]) => [plainText(name, 100), sentence(text)]),
          ),
        }
      : {}),
    ...(sentence(missingRight) ? { missingRight: sentence(missingRight) } : {}),
  };
}
