import {
  ExternalLink,
  ImageUp,
  KeyRound,
  Lock,
  type LucideIcon,
  Mail,
  MonitorX,
  Pencil,
  QrCode,
  ShieldCheck,
  Smartphone,
  UserX,
} from 'lucide-react';
import type { Action } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './actions.module.css';

/** A picture for a verb phrase; what none fits has the pencil. */
const pictures: [RegExp, LucideIcon][] = [
  [/recover|e-?mail|mail|invit/i, Mail],
  [/authenticator|otp|qr/i, QrCode],
  [/token|credential/i, KeyRound],
  [/mfa|factor|pin\b/i, ShieldCheck],
  [/push|device/i, Smartphone],
  [/disconnect|session|sign out/i, MonitorX],
  [/unblock|block|lock/i, UserX],
];

function iconOf({ special, label }: Action): LucideIcon {
  if (special === 'window') return ExternalLink;
  if (special === 'password') return KeyRound;
  if (special === 'image') return ImageUp;
  return pictures.find(([words]) => words.test(label))?.[1] ?? Pencil;
}

interface Props {
  actions: readonly Action[];
  onChoose(action: Action): void;
}

/** What may be done, and under it what may not, with the right that is missing. Dangerous ones stand at the end. */
export function ActionButtons({ actions, onChoose }: Props) {
  const offered = actions.filter(({ missingRight }) => !missingRight);
  const others = actions.filter(({ missingRight }) => missingRight);
  const inOrder = [...offered.filter(({ danger }) => !danger), ...offered.filter(({ danger }) => danger)];
  return (
    <>
      {inOrder.length > 0 && (
        <div className={style.buttons}>
          {inOrder.map((action) => (
            <Button
              key={action.id}
              icon={iconOf(action)}
              variant={action.danger ? 'danger' : 'plain'}
              onPress={() => onChoose(action)}
            >
              {sanitizeText(action.label, 60)}
            </Button>
          ))}
        </div>
      )}
      {others.length > 0 && (
        <ul className={style.notOffered} aria-label="Not offered in this session">
          {others.map((action) => (
            <li key={action.id}>
              <Lock size={13} strokeWidth={1.75} aria-hidden />
              <span>
                {sanitizeText(action.label, 60)}: needs {sanitizeText(action.missingRight ?? '', 200)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
