import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.tsx';
import style from './dialog.module.css';
import { sanitizeText } from './sanitize-text.ts';

interface Props {
  title: string;
  /** Under the title, in secondary ink. */
  subtitle?: ReactNode;
  /** Beside the title: an avatar. */
  lead?: ReactNode;
  onClose(): void;
  children: ReactNode;
  /** `small` 420 px, `normal` 520 px, `large` 760 px. */
  size?: 'small' | 'normal' | 'large';
  /** A confirmation that interrupts: announced as an alert. */
  alert?: boolean;
  /** Clicking beside it does not close it (a form with typed things). */
  keep?: boolean;
  noClose?: boolean;
  /** Opened by main while much goes on: it is there at once, without motion. */
  still?: boolean;
}

/** A dialog over the window: focus goes in, Escape closes, focus comes back. Open while mounted. */
export function Dialog({
  title,
  subtitle,
  lead,
  onClose,
  children,
  size = 'normal',
  alert,
  keep,
  noClose,
  still,
}: Props) {
  const motion = still ? '' : style.moving;
  return (
    <ModalOverlay
      isOpen
      isDismissable={!keep}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={`${style.scrim} ${motion}`}
    >
      <Modal className={`${style.modal} ${style[size]} ${motion}`}>
        <AriaDialog className={style.dialog ?? ''} role={alert ? 'alertdialog' : 'dialog'}>
          <header className={style.header}>
            {lead}
            <div className={style.titles}>
              <Heading slot="title" level={2} className={style.title ?? ''}>
                {sanitizeText(title, 160)}
              </Heading>
              {subtitle && <p className={style.subtitle}>{subtitle}</p>}
            </div>
            {!noClose && <IconButton icon={X} label="Close" size="small" onPress={onClose} noTooltip />}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The buttons of a dialog: the main one first, cancel at the far end. */
export function DialogActions({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <footer className={style.actions}>
      {children}
      {end && <span className={style.end}>{end}</span>}
    </footer>
  );
}
