import { Copy } from 'lucide-react';
import { copyForAWhile } from '../state/copy.ts';
import { Button } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './verify.module.css';

/** The hash of the ledger's last row, to be kept elsewhere. */
export function LastHash({ hash }: { hash: string }) {
  return (
    <div className={style.hash}>
      <div>
        <p className={style.label}>Hash of the last row</p>
        <code>{sanitizeText(hash, 100)}</code>
      </div>
      <Button size="small" icon={Copy} onPress={() => void copyForAWhile('Hash', hash)}>
        Copy
      </Button>
    </div>
  );
}
