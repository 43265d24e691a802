import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useRefusedFocus } from '../forms/use-refused-focus.ts';
import { call } from '../state/call.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useNewPassphrase } from './new-passphrase.ts';
import { NewPassphraseFields } from './new-passphrase-fields.tsx';
import { readCode, showCode } from './recovery-code.ts';
import { useWait } from './use-wait.ts';
import style from './vault.module.css';

/** The recovery code and a new passphrase, in one form; the code that replaces the used one is shown afterwards. */
export function ByRecoveryCode({ onBack }: { onBack(): void }) {
  const [typed, setTyped] = useState('');
  const passphrase = useNewPassphrase();
  const code = readCode(typed);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    const { recoveryCode } = await call('vault.recover', { code, next: passphrase.next });
    showCode(recoveryCode);
  });
  const wait = useWait(failure);
  const form = useRefusedFocus(failure, busy);
  const aboutPassphrase = failure?.fields?.passphrase;
  const aboutCode =
    failure?.fields?.code ?? (failure?.kind === 'refused-credentials' ? failure.message : undefined);

  return (
    <form className={style.form} onSubmit={onSubmit} ref={form}>
      <TextField
        label="Recovery code"
        help="Capitals, blanks and hyphens don’t matter."
        value={typed}
        onChange={setTyped}
        maxLength={200}
        autoFocus
        autoComplete="off"
        spellCheck="false"
        isDisabled={busy}
        error={aboutCode}
      />
      <NewPassphraseFields
        label="New passphrase"
        passphrase={passphrase}
        isDisabled={busy}
        error={aboutCode ? undefined : aboutPassphrase}
      />
      {failure && !aboutCode && !aboutPassphrase && <FailureNote failure={failure} />}
      <div className={style.actions}>
        <Button
          variant="main"
          type="submit"
          icon={KeyRound}
          isPending={busy}
          isDisabled={code === '' || !passphrase.complete || wait !== null}
        >
          {busy ? 'Opening' : wait === null ? 'Open the vault' : `Open in ${wait}`}
        </Button>
        <Button variant="link" isDisabled={busy} onPress={onBack}>
          Back to the passphrase
        </Button>
      </div>
    </form>
  );
}
