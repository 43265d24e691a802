import { z } from 'zod';
import * as admin from '#contract/admin.ts';
import { mayReach } from '#http/base-url.ts';
import { plainText } from '#http/redact.ts';
import type { ActionResult, HandOver } from '../admin.ts';
import { mostRows } from '../kit/schema.ts';
import type { Json, VendorContext } from '../vendor.ts';
import { longest, shown } from './displayable.ts';
import { refuse } from './refuse.ts';
import { filed, sealable } from './session.ts';

/** What a vendor's code says of people and actions, bounded before it is shown or done. */

/** Characters that go to the clipboard. */
const mostCopied = 16 * 1024;

export function handOverOf(context: VendorContext, handOver: HandOver): HandOver {
  const url = URL.parse(handOver.url);
  if (url && mayReach(url, new URL(context.baseUrl))) return handOver;
  const where = plainText(url?.host ?? '', 100) || 'no address';
  return refuse(`The server names a page to open (${where}) that Gatehouse does not let it open.`);
}

/** A line break would be a command where a terminal is pasted into. */
export function copyOf(text: string): string {
  if (text.length <= mostCopied && !/\p{Cc}/u.test(text)) return text;
  return refuse('The server gave a text that is no token; it was not put on the clipboard.');
}

export function actionResultOf<T extends ActionResult & { secret?: Json }>(context: VendorContext, done: T) {
  const outcome = admin.outcome.parse(shown(done));
  return {
    ...outcome,
    message: filed(context, outcome.message, longest.sentence),
    ...(done.handOver ? { handOver: handOverOf(context, done.handOver) } : {}),
    ...(done.copy === undefined ? {} : { copy: copyOf(done.copy) }),
    ...(done.secret === undefined ? {} : { secret: sealable(done.secret) }),
  };
}

/** A person's page; of a table that is as long as what is kept of one, it says so. */
export function personPageOf(page: admin.PersonPage): admin.PersonPage {
  const long = page.tables.filter(({ rows }) => rows.length >= mostRows);
  const cut = long.map(({ title }) => ({
    label: title,
    value: `The first ${mostRows.toLocaleString('en-GB')} rows are shown; there may be more.`,
  }));
  return admin.personPage.parse(shown({ ...page, facts: [...page.facts, ...cut] }));
}

/** A total that is no count is one that is not stated. */
export function pageOf(page: admin.DirectoryPage, limit: number): admin.DirectoryPage {
  const { rows, total } = page;
  const counted = total !== null && Number.isSafeInteger(total) && total >= 0;
  return admin.directoryPage.parse(shown({ rows: rows.slice(0, limit), total: counted ? total : null }));
}

export function recoveryOf({ step, state }: { step: admin.RecoveryStep; state: Json }) {
  return { step: admin.recoveryStep.parse(shown(step)), state: sealable(state) };
}

export function listOf<T extends z.ZodType>(item: T) {
  const list = z.array(item);
  return (value: z.output<T>[]) => list.parse(shown(value));
}
