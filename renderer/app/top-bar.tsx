import { BookText, CircleHelp, KeyRound, Lock, Search, Settings } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { act } from '../state/call.ts';
import { goTo, openDialog, showPrompts, useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { count } from '../ui/words.ts';
import { SignOutMenu } from './sign-out-menu.tsx';
import style from './top-bar.module.css';

/** Name, quick open, prompts, sign out, lock. */
export function TopBar() {
  const prompts = useApp((app) => Object.keys(app.prompts).length);
  const at = useNavigation((state) => state.place.at);
  return (
    <header className={style.bar}>
      <div className={style.brand}>
        <Mark />
        <span className={style.name}>Gatehouse</span>
      </div>
      <AriaButton
        className={style.quick ?? ''}
        onPress={() => openDialog({ what: 'quick-open' })}
        aria-keyshortcuts="Control+K"
      >
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <span className={style.quickWords}>Find accounts, realms, people, actions</span>
        <kbd className={style.keys}>Ctrl K</kbd>
      </AriaButton>
      <nav className={style.actions} aria-label="Desk">
        <Button
          icon={KeyRound}
          onPress={() => showPrompts()}
          aria-label={`Prompts, ${count(prompts, 'open prompt')}`}
        >
          <span className={style.word}>Prompts</span>
          {prompts > 0 && <span className={style.count}>{prompts}</span>}
        </Button>
        <SignOutMenu />
        <span className={style.divider} aria-hidden />
        <IconButton
          icon={CircleHelp}
          label="Why can’t they sign in?"
          onPress={() => goTo({ at: 'why', email: '' })}
          {...(at === 'why' ? { 'aria-current': 'page' as const } : {})}
        />
        <IconButton
          icon={BookText}
          label="Ledger"
          onPress={() => goTo({ at: 'ledger' })}
          {...(at === 'ledger' ? { 'aria-current': 'page' as const } : {})}
        />
        <IconButton
          icon={Settings}
          label="Settings"
          onPress={() => goTo({ at: 'settings' })}
          {...(at === 'settings' ? { 'aria-current': 'page' as const } : {})}
        />
        <IconButton icon={Lock} variant="plain" label="Lock" onPress={() => act('vault.lock')} />
      </nav>
    </header>
  );
}
