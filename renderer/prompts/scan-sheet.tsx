import { CircleCheck, RotateCw, Smartphone, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { call } from '../state/call.ts';
import { useAccount, useVendor } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import type { FormProps } from './form-props.ts';
import { NextCode } from './next-code.tsx';
import { PromptActions } from './prompt-actions.tsx';
import { PushList } from './push-list.tsx';
import { QrCode, qrPath } from './qr-code.tsx';
import style from './scan.module.css';
import { canScan, scanSteps } from './scan-progress.ts';
import { ScanSteps } from './scan-steps.tsx';

type Props = FormProps<'scan'> & { onRestarted(sessionId: string): void };

const covers = {
  scanned: Smartphone,
  pushed: Smartphone,
  approved: CircleCheck,
  refused: TriangleAlert,
  'no-account': TriangleAlert,
};

/** A QR code to scan, with the steps beside it and the phones that can be pushed to. */
export function ScanSheet({ prompt, ask, busy, attempt, onRestarted }: Props) {
  const account = useAccount(prompt.accountId);
  const vendor = useVendor(prompt.vendor);
  const { stage } = ask;
  const drawn = useMemo(() => qrPath(ask.payload) !== null, [ask.payload]);
  const canPush = ask.pushTargets.length > 0 || ask.canPushToUser;
  const over = stage === 'refused' || stage === 'no-account';
  const Cover = stage === 'ready' ? null : covers[stage];

  async function startAgain() {
    await attempt(async () => {
      const { sessionId } = await call('prompts.startAgain', { promptId: prompt.id });
      onRestarted(sessionId);
    });
  }
  return (
    <>
      <div className={style.sheet}>
        <div className={style.code}>
          <div className={style.card}>
            <div className={canScan(stage) ? undefined : style.faded}>
              <QrCode
                payload={ask.payload}
                label={`QR code to ${ask.enrols === undefined ? 'sign in to' : 'enrol a phone at'} ${sanitizeText(account?.label ?? 'the account', 60)}`}
                instead={
                  canPush
                    ? 'Push to a phone, or wait for the next code.'
                    : 'Wait for the next code. If it stays so, tell those who run the server.'
                }
              />
            </div>
            {Cover && !canScan(stage) && (
              <span className={style.cover}>
                <Cover size={40} strokeWidth={1.5} aria-hidden />
              </span>
            )}
          </div>
          {canScan(stage) && ask.staleAt !== null && <NextCode staleAt={ask.staleAt} />}
        </div>
        <div className={style.side}>
          <ScanSteps steps={scanSteps(ask, vendor?.name ?? 'vendor’s', drawn)} />
          {over && ask.enrols === undefined ? (
            <Button variant="main" icon={RotateCw} data-first onPress={() => void startAgain()}>
              Start again
            </Button>
          ) : (
            canScan(stage) && <PushList promptId={prompt.id} ask={ask} busy={busy} attempt={attempt} />
          )}
        </div>
      </div>
      <PromptActions promptId={prompt.id} />
    </>
  );
}
