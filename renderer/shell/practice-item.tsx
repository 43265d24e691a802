import { CircleStop, FlaskConical, Mail, Play, Smartphone } from 'lucide-react';
import { act } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import type { AppInfo } from '../state/types.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { StatusMenu } from '../ui/status-item.tsx';
import { startPractice } from './start-practice.ts';

type Behaviour = AppInfo['practice']['behaviour'];

const states: Record<AppInfo['practice']['state'], string> = {
  off: 'Practice servers stopped',
  starting: 'Practice servers starting',
  running: 'Practice servers running',
  failed: 'Practice servers did not start',
};

const running: Record<Behaviour, string> = {
  well: 'Practice servers running',
  slowly: 'Practice servers answer late',
  failing: 'Practice servers fail',
};

const behaviours: readonly [Behaviour, string][] = [
  ['well', 'Answer as they should'],
  ['slowly', 'Answer four seconds late'],
  ['failing', 'Fail every request'],
];

/** In the status bar while there are practice servers or accounts of theirs: the inbox, the phones, misbehaving, stopping. */
export function PracticeItem() {
  const practice = useApp((app) => app.appInfo.practice);
  const vendors = useApp((app) => app.vendors);
  const has = useApp((app) => Object.values(app.accounts).some((account) => account.practice));
  const { state, behaviour, phones } = practice;
  if (!has && state !== 'running') return null;
  const nameOf = (vendor: string) => vendors.find(({ id }) => id === vendor)?.name ?? vendor;
  const phoneEntries = phones.map(
    (vendor): MenuEntry => ({
      kind: 'action',
      id: `phone ${vendor}`,
      label: `Open the phone of ${nameOf(vendor)}`,
      icon: Smartphone,
      run: () => void act('practice.open', { page: 'phone', vendor }),
    }),
  );
  const entries: MenuEntry[] =
    state === 'running'
      ? [
          {
            kind: 'action',
            id: 'inbox',
            label: 'Open the inbox',
            icon: Mail,
            run: () => void act('practice.open', { page: 'inbox' }),
          },
          ...phoneEntries,
          { kind: 'separator' },
          { kind: 'note', label: 'Let the servers misbehave' },
          ...behaviours.map(
            ([id, label]): MenuEntry => ({
              kind: 'action',
              id,
              label,
              disabled: id === behaviour,
              run: () => void act('practice.behave', { behaviour: id }),
            }),
          ),
          { kind: 'separator' },
          {
            kind: 'action',
            id: 'stop',
            label: 'Sign out there and stop the servers',
            icon: CircleStop,
            run: () => void act('practice.stop'),
          },
        ]
      : [
          {
            kind: 'action',
            id: 'start',
            label: 'Start the practice servers',
            icon: Play,
            disabled: state === 'starting',
            run: () => void startPractice(),
          },
        ];
  return (
    <StatusMenu icon={FlaskConical} tone="practice" label="Practice servers" entries={entries}>
      {state === 'running' ? running[behaviour] : states[state]}
    </StatusMenu>
  );
}
