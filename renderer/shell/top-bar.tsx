import { KeyRound, Lock, Search, Settings } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { act } from '../state/call.ts';
import { goTo, openDialog, showPrompts, useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { Logo } from '../ui/logo.tsx';
import { SignOutMenu } from './sign-out-menu.tsx';
import style from './top-bar.module.css';

/** Name, command palette, prompts, sign out, lock. */
export function TopBar() {
  const prompts = useApp((app) => Object.keys(app.prompts).length);
  const at = useNavigation((state) => state.route.at);
  return (
    <header className={style.bar}>
      <div className={style.brand}>
        <Logo />
        <span className={style.name}>Gatehouse</span>
      </div>
      <AriaButton
        className={style.palette ?? ''}
        onPress={() => openDialog({ what: 'palette' })}
        aria-keyshortcuts="Control+K"
      >
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <span className={style.paletteText}>Find accounts, realms, people, actions</span>
        <kbd className={style.keys}>Ctrl K</kbd>
      </AriaButton>
      <nav className={style.actions} aria-label="Desk">
        <Button
          icon={KeyRound}
          onPress={() => showPrompts()}
          aria-label={`Prompts, ${formatCount(prompts, 'open prompt')}`}
        >
          <span className={style.word}>Prompts</span>
          {prompts > 0 && <span className={style.count}>{prompts}</span>}
        </Button>
        <SignOutMenu />
        <span className={style.divider} aria-hidden />
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
