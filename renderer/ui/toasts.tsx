import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { closeToast, type Toast, useToasts } from '../state/toasts.ts';
import { Button, IconButton } from './button.tsx';
import { sanitizeText } from './sanitize-text.ts';
import style from './toasts.module.css';

const shownFor = 6000;
const icons = { plain: Info, ok: CircleCheck, bad: CircleAlert };

/** The corner where short answers appear; failures stay until closed. Once in the window. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    // The mark keeps it heard and within reach while a dialog makes the rest of the page inert.
    <section className={style.corner} aria-label="Messages" aria-live="polite" data-react-aria-top-layer>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const { id, tone, text, failure, action } = toast;
  useEffect(() => {
    if (tone === 'bad') return;
    const timer = window.setTimeout(() => closeToast(id), shownFor);
    return () => window.clearTimeout(timer);
  }, [id, tone]);
  const Icon = icons[tone];
  return (
    <div className={`${style.toast} ${style[tone]}`}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
      <div className={style.body}>
        <p>{sanitizeText(text ?? failure?.message ?? '', 400)}</p>
        {failure?.advice && <p className={style.advice}>{sanitizeText(failure.advice, 400)}</p>}
      </div>
      {action && (
        <Button
          size="small"
          variant="link"
          onPress={() => {
            closeToast(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton size="small" icon={X} label="Close message" noTooltip onPress={() => closeToast(id)} />
    </div>
  );
}
