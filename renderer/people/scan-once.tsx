import { QrCode } from '../prompts/qr-code.tsx';
import style from './actions.module.css';

/** A secret as a QR code: on the screen while the dialog is, and nowhere else. */
export function ScanOnce({ payload }: { payload: string }) {
  return (
    <div className={style.scan}>
      <QrCode payload={payload} label="QR code for the authenticator app" />
      <ol className={style.scanSteps}>
        <li>Open the authenticator app on the phone.</li>
        <li>Add an account and scan this code.</li>
        <li>It is shown once and not kept: closing this throws it away.</li>
      </ol>
    </div>
  );
}
