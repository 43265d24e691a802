import { Dialog } from '../ui/dialog.tsx';
import style from './keys-dialog.module.css';
import { placeKeys, places } from './place-list.ts';

interface Group {
  title: string;
  keys: readonly (readonly [keys: string, what: string])[];
}

const groups: readonly Group[] = [
  {
    title: 'Anywhere',
    keys: [
      ['Ctrl K', 'Find or do anything'],
      ...places.map(
        ({ title, id }, index) =>
          [
            placeKeys(index),
            id === 'needs-you' ? `${title}, and back to the work (also Ctrl P)` : title,
          ] as const,
      ),
      ['Ctrl N', 'Add an account'],
      ['Ctrl F', 'Filter the accounts'],
      ['Ctrl E', 'Switch the realm of this session'],
      ['Ctrl Z', 'Undo a sign-out, for 5 s'],
      ['Ctrl L', 'Lock'],
      ['Ctrl ,', 'Settings'],
      ['?', 'This list'],
    ],
  },
  {
    title: 'In Live and in the account list',
    keys: [
      ['↑ ↓', 'Move; with Shift, select on the way'],
      ['Enter', 'Open; in the list, sign in'],
      ['Space', 'Select (in the list with Ctrl)'],
      ['Ctrl A', 'Select all'],
      ['Letters', 'Filter Live; in the list, go to a name'],
      ['Delete', 'Sign out (in Live)'],
      ['Alt Enter', 'Open the console (in Live)'],
      ['Shift F10', 'All actions of the row'],
      ['Escape', 'Let the selection go'],
    ],
  },
  {
    title: 'In what needs you',
    keys: [
      ['J K', 'Next and previous prompt'],
      ['Enter', 'Into the field; in it, send'],
      ['Escape', 'Close, and back to the work'],
    ],
  },
  {
    title: 'In Ctrl K',
    keys: [
      ['Enter', 'Open the chosen line'],
      ['Ctrl Enter', 'Sign in or out'],
      ['Alt Enter', 'Open the console'],
      ['Tab', 'All actions of the chosen line'],
    ],
  },
];

/** Every key that works in the window. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keys" subtitle="On macOS, Command in place of Ctrl." size="large" onClose={onClose}>
      <div className={style.groups}>
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3 className={style.title}>{title}</h3>
            <dl className={style.list}>
              {keys.map(([key, what]) => (
                <div key={key} className={style.line}>
                  <dt>
                    <kbd className={style.key}>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
