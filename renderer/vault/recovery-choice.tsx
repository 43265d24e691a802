import { Checkbox } from '../ui/choice.tsx';

interface Props {
  isSelected: boolean;
  onChange(on: boolean): void;
  isDisabled: boolean;
}

/** Whether a recovery code is made along with a passphrase. */
export function RecoveryChoice(props: Props) {
  return (
    <Checkbox
      {...props}
      help="A long code to write down or print, for the day the passphrase is forgotten. Whoever holds it can open the vault."
    >
      Also make a recovery code
    </Checkbox>
  );
}
