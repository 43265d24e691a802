import { PromptHost } from '../prompts/prompt-host.tsx';
import { useDesk } from '../state/store.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { AccountList } from './account-list.tsx';
import style from './frame.module.css';
import { FrameDialogs } from './frame-dialogs.tsx';
import { Middle } from './middle.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useTellActivity } from './use-activity.ts';
import { useWindowKeys } from './use-window-keys.ts';
import { useWindowTitle } from './use-window-title.ts';

/** What everything hangs in: bar, list, middle, status. */
export function Frame() {
  useWindowKeys();
  useWindowTitle();
  useTellActivity();
  const storeFailure = useDesk((desk) => desk.desk.storeFailure);
  const empty = useDesk((desk) => Object.keys(desk.accounts).length === 0);
  return (
    <div className={`${style.frame} ${empty ? style.noSide : ''}`}>
      <TopBar />
      {!empty && <AccountList />}
      <main className={style.middle} id="middle" tabIndex={-1}>
        {storeFailure && (
          <div className={style.banner}>
            <FailureNote failure={storeFailure} />
          </div>
        )}
        <div className={style.place}>
          <Middle />
        </div>
      </main>
      <StatusBar />
      <FrameDialogs />
      <PromptHost />
    </div>
  );
}
