import { textOfHtml } from '../../kit/html-text.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import type { Agreement } from '../api/models.ts';
import { pendingClient } from './guard.ts';
import { promptStep, type SignInState } from './state.ts';

/** How many of them are read: nobody reads more, and each is a request. */
const mostRead = 10;

/** Asks for the agreements that are due, with what they say. All have to be accepted but what 4.16 says may be left out. */
export async function askAgreements(context: VendorContext, state: SignInState): Promise<Step> {
  const pending = await pendingClient(context, state).auth.listPendingAgreements();
  const agreements = await Promise.all(
    pending.flatMap((one, at) => {
      const id = one.id ?? one.internalName;
      return id ? [asShown(context, state, one, id, at < mostRead)] : [];
    }),
  );
  const kept = agreements.map(({ id, required }) => ({ id, required }));
  return promptStep({ ...state, asked: 'agreements', agreements: kept }, { kind: 'agreements', agreements });
}

async function asShown(
  context: VendorContext,
  state: SignInState,
  { name, required = true, content }: Agreement,
  id: string,
  isRead: boolean,
) {
  const html = isRead ? (content ?? (await readContent(context, state, id))) : undefined;
  return { id, name: name ?? id, required, ...(html ? { content: textOfHtml(html) } : {}) };
}

/** What 4.16 tells when it is asked; 4.11 says it in its list. An agreement can be accepted without it. */
async function readContent(context: VendorContext, state: SignInState, id: string) {
  if (state.generation === '4.11') return undefined;
  const read = await nullIfFailed(pendingClient(context, state).auth.getAgreementContent(id));
  return read?.content;
}
