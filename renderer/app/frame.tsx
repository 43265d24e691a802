import { PromptHost } from '../prompts/prompt-host.tsx';
import { showPrompts, useNavigation } from '../state/navigation.ts';
import { useApp, usePrompts } from '../state/store.ts';
import type { Failure } from '../state/types.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Button } from '../ui/button.tsx';
import { FailedDialog } from '../ui/failed-dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { AccountList } from './account-list.tsx';
import failed from './failed.module.css';
import style from './frame.module.css';
import { FrameDialogs } from './frame-dialogs.tsx';
import { Middle } from './middle.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useTellActivity } from './use-activity.ts';
import { useWindowKeys } from './use-window-keys.ts';
import { useWindowTitle } from './use-window-title.ts';

/** What everything hangs in: bar, list, middle, status. Where one of them can't be drawn, the others stay. */
export function Frame() {
  useWindowKeys();
  useTellActivity();
  const storeFailure = useApp((app) => app.appInfo.storeFailure);
  const empty = useApp((app) => Object.keys(app.accounts).length === 0);
  const place = useNavigation((state) => state.place);
  return (
    <div className={`${style.frame} ${empty ? style.noSide : ''}`}>
      <Boundary what="The top bar" instead={(failure, again) => noteIn(failed.top, failure, again)}>
        <TopBar />
      </Boundary>
      {!empty && (
        <Boundary
          what="The list of accounts"
          instead={(failure, again) => noteIn(failed.side, failure, again)}
        >
          <AccountList />
        </Boundary>
      )}
      <main className={style.middle} id="middle" tabIndex={-1}>
        {storeFailure && (
          <div className={style.banner}>
            <FailureNote failure={storeFailure} />
          </div>
        )}
        <div className={style.place}>
          <Boundary
            what="This page"
            renewOn={place}
            instead={(failure, again) => noteIn(failed.page, failure, again)}
          >
            <Middle />
          </Boundary>
        </div>
      </main>
      <Boundary
        what="The status bar"
        instead={({ message }, again) => (
          <footer className={failed.status}>
            {message}
            <Button size="small" variant="link" onPress={again}>
              Try again
            </Button>
          </footer>
        )}
      >
        <StatusBar />
      </Boundary>
      <FrameDialogs />
      <Boundary what="The window’s title" renewOn={place} instead={() => null}>
        <WindowTitle />
      </Boundary>
      <Prompts />
    </div>
  );
}

const noteIn = (className: string | undefined, failure: Failure, again: () => void) => (
  <div className={className}>
    <FailureNote failure={failure} onRetry={again} />
  </div>
);

function WindowTitle() {
  useWindowTitle();
  return null;
}

/** The queue of prompts; while it is closed, one that can't be drawn is in nobody's way. */
function Prompts() {
  const prompts = usePrompts();
  const isOpen = useNavigation((state) => state.promptsOpen);
  return (
    <Boundary
      what="The queue of prompts"
      renewOn={prompts}
      instead={(failure, again) =>
        isOpen && <FailedDialog failure={failure} onAgain={again} onClose={() => showPrompts(false)} />
      }
    >
      <PromptHost />
    </Boundary>
  );
}
