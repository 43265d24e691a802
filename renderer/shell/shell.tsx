import { AccountList } from '../accounts/account-list.tsx';
import { useNavigation } from '../state/navigation.ts';
import { useApp, usePrompts } from '../state/store.ts';
import type { Failure } from '../state/types.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import failed from './failed.module.css';
import { MainPane } from './main-pane.tsx';
import { Places } from './places.tsx';
import style from './shell.module.css';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useLater } from './use-later.ts';
import { useReportActivity } from './use-report-activity.ts';
import { useWindowKeys } from './use-window-keys.ts';
import { useWindowTitle } from './use-window-title.ts';

/** What everything hangs in: top bar, account list, main pane, status bar. Where one of them can't be drawn, the others stay. */
export function Shell() {
  useWindowKeys();
  useReportActivity();
  useKeptFocus();
  const storeFailure = useApp((app) => app.appInfo.storeFailure);
  const empty = useApp((app) => Object.keys(app.accounts).length === 0);
  const route = useNavigation((state) => state.route);
  return (
    <div className={`${style.shell} ${empty ? style.noSide : ''}`}>
      <Boundary what="The top bar" instead={(failure, again) => noteIn(failed.top, failure, again)}>
        <TopBar />
      </Boundary>
      {!empty && (
        <Boundary
          what="The list of accounts"
          instead={(failure, again) => noteIn(failed.side, failure, again)}
        >
          <AccountList places={<Places />} />
        </Boundary>
      )}
      <main className={style.main} id="main-pane" tabIndex={-1}>
        {storeFailure && (
          <div className={style.banner}>
            <FailureNote failure={storeFailure} />
          </div>
        )}
        <div className={style.page}>
          <Boundary
            what="This page"
            renewOn={route}
            instead={(failure, again) => noteIn(failed.page, failure, again)}
          >
            <MainPane />
          </Boundary>
        </div>
      </main>
      <Prompts />
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
      <Asked />
      <Boundary what="The window’s title" renewOn={route} instead={() => null}>
        <WindowTitle />
      </Boundary>
      <Boundary what="The undo of a sign-out" instead={() => null}>
        <UndoBar />
      </Boundary>
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

/** What asks the person, over everything else. */
function Asked() {
  const later = useLater();
  if (!later) return null;
  const { AppDialogs, ProxyQuestion } = later;
  return (
    <>
      <AppDialogs />
      <Boundary what="The question of a proxy" instead={() => null}>
        <ProxyQuestion />
      </Boundary>
    </>
  );
}

/** The queue of prompts; while it is closed, one that can't be drawn is in nobody's way. */
function Prompts() {
  const later = useLater();
  const prompts = usePrompts();
  const isOpen = useNavigation((state) => state.promptsOpen);
  return (
    <Boundary
      what="The queue of prompts"
      renewOn={prompts}
      instead={(failure, again) => isOpen && noteIn(failed.prompts, failure, again)}
    >
      {later && <later.PromptPanel />}
    </Boundary>
  );
}
