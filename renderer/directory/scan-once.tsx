import { QrCode } from '../prompts/qr-code.tsx';
import style from './actions.module.css';

/** A secret as a QR code: on the screen while the dialog is, and nowhere else. */
export function ScanOnce({ payload }: { payload: string }) {
  return (
    <div className={style.scan}>
      <QrCode
        payload={payload}
        label="QR code for the authenticator app"
        instead="What the vendor sent is more than a QR code can hold. Close this and begin anew, or do it at the vendor."
      />
      <ol className={style.scanSteps}>
        <li>Open the authenticator app on the phone.</li>
        <li>Add an account and scan this code.</li>
        <li>It is shown once and not kept: closing this throws it away.</li>
      </ol>
    </div>
  );
}
