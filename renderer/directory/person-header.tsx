import { Copy, KeyRound } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { colours } from '#contract/colours.ts';
import { copyForAWhile } from '../state/copy.ts';
import type { PersonPage } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './directory.module.css';

interface Props {
  page: PersonPage;
  /** Absent where nobody's password can be set. */
  onReset: (() => void) | undefined;
}

/** Who it is, each part to be copied, and the one thing that is done most often. It takes the focus when it appears. */
export function PersonHeader({ page, onReset }: Props) {
  const nameId = useId();
  const reset = useRef<HTMLButtonElement>(null);
  const name = nameOf(page);
  useEffect(() => {
    if (!document.activeElement?.matches('input, textarea, [role="dialog"] *')) reset.current?.focus();
  }, []);
  return (
    <header className={style.personHeader}>
      <Avatar label={name} colour={colourFor(page.id)} />
      <div className={style.personTitles}>
        <div className={style.copied}>
          <h2 id={nameId} className={style.personName}>
            <bdi>{name}</bdi>
          </h2>
          <CopyButton what="Name" text={name} />
        </div>
        <p className={style.personDetail}>
          {page.detail && <bdi>{sanitizeText(page.detail, 200)}</bdi>}
          {page.email && <Copied what="E-mail" text={sanitizeText(page.email, 254)} />}
          {page.vendorId && <Copied what="Id" text={sanitizeText(page.vendorId, 100)} />}
        </p>
      </div>
      {onReset && (
        <Button ref={reset} variant="main" icon={KeyRound} aria-describedby={nameId} onPress={onReset}>
          Reset password
        </Button>
      )}
    </header>
  );
}

export const nameOf = ({ name }: PersonPage): string => sanitizeText(name, 120) || 'Without a name';

/** The same colour for the same person, whatever is shown of them. */
function colourFor(id: string): string {
  let sum = 0;
  for (let at = 0; at < id.length; at += 1) sum = (sum * 31 + id.charCodeAt(at)) % 65_521;
  return colours[sum % colours.length] ?? 'slate';
}

interface CopyProps {
  what: string;
  text: string;
}

function Copied(copied: CopyProps) {
  return (
    <span className={style.copied}>
      <bdi>{copied.text}</bdi>
      <CopyButton {...copied} />
    </span>
  );
}

/** It is seen where one points, or goes by key. */
function CopyButton({ what, text }: CopyProps) {
  return (
    <IconButton
      icon={Copy}
      size="small"
      label={`Copy the ${what === 'E-mail' ? 'e-mail address' : what.toLowerCase()}`}
      onPress={() => void copyForAWhile(what, text)}
    />
  );
}
