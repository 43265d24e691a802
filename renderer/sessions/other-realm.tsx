import { useState } from 'react';
import type { Realm, Vendor } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './sessions.module.css';

interface Props {
  words: NonNullable<Vendor['otherRealm']>;
  busy: boolean;
  error: string | undefined;
  onGo(realm: Realm, how: 'move' | 'beside'): void;
}

/** A realm that the vendor can't list is typed. */
export function OtherRealm({ words, busy, error, onGo }: Props) {
  const [id, setId] = useState('');
  const typed = id.trim();
  const go = (how: 'move' | 'beside') => onGo({ id: typed, name: nameOf(typed) }, how);
  return (
    <div className={style.otherRealm}>
      <TextField
        label={words.label}
        placeholder={words.placeholder}
        help={words.help}
        error={error}
        autoComplete="off"
        spellCheck="false"
        value={id}
        onChange={setId}
      />
      <div className={style.otherRealmActions}>
        <Button isDisabled={busy || !typed} onPress={() => go('move')}>
          Switch
        </Button>
        <Button isDisabled={busy || !typed} onPress={() => go('beside')}>
          Open as well
        </Button>
      </div>
    </div>
  );
}

/** The part of an address that tells it from its neighbours: "harbour" of https://host/harbour/api. */
function nameOf(typed: string): string {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (!url) return typed;
  return url.pathname.split('/').filter((part) => part !== '' && part !== 'api')[0] ?? url.host;
}
