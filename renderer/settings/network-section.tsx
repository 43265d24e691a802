import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { act, call } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { useApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { NetworkState, Settings } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatCount, formatTime } from '../ui/format.ts';
import { Card, Section } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { ManualProxyDialog } from './manual-proxy-dialog.tsx';
import { ProxySignInDialog } from './proxy-sign-in-dialog.tsx';
import { FactRow, SettingRow } from './setting-row.tsx';
import style from './settings.module.css';

type Authority = NetworkState['authorities'][number];
type Open =
  | { what: 'manual' }
  | { what: 'sign-in'; proxy: string; refused: boolean }
  | { what: 'remove'; authority: Authority };

const modes: { value: Settings['proxy']['mode']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'manual', label: 'Manual' },
  { value: 'none', label: 'None' },
];

/** How Gatehouse gets out of a company’s network, and whom it believes there. */
export function NetworkSection() {
  const proxy = useApp((app) => app.settings.proxy);
  const { authorities, signIns, wanted, failure } = useApp((app) => app.appInfo.network);
  const [dialog, setDialog] = useState<Open | null>(null);
  const close = () => setDialog(null);

  function choose(value: string) {
    const mode = modes.find((one) => one.value === value)?.value;
    if (mode === 'manual') setDialog({ what: 'manual' });
    else if (mode) void act('network.setProxy', { ...proxy, mode });
  }

  async function add() {
    const answer = await act('network.addAuthorities');
    if (!answer || answer.added === null) return;
    const words = formatCount(answer.added, 'authority is trusted', 'authorities are trusted');
    showToast({ tone: 'ok', text: `${words} from now on.` });
  }

  return (
    <Section title="Network">
      <Card>
        <SettingRow>
          <Select
            label="Proxy"
            help="For vendors and their consoles. This computer’s own addresses need none."
            options={modes}
            value={proxy.mode}
            onChange={choose}
          />
        </SettingRow>
        {proxy.mode === 'manual' && (
          <FactRow label={proxy.address} help={proxy.exceptions && `Not for ${proxy.exceptions}`}>
            <Button onPress={() => setDialog({ what: 'manual' })}>Change proxy…</Button>
          </FactRow>
        )}
        {wanted && (
          <FactRow
            label="A proxy asks for a sign-in"
            help={
              <>
                Nothing gets past <VendorText text={wanted.proxy} /> until then.
              </>
            }
          >
            <Button variant="main" onPress={() => setDialog({ ...wanted, what: 'sign-in' })}>
              Sign in…
            </Button>
          </FactRow>
        )}
        {signIns.map(({ proxy: name, user }) => (
          <FactRow
            key={name}
            label="Sign-in of a proxy"
            help={
              <>
                <VendorText text={user} /> at <VendorText text={name} />
              </>
            }
          >
            <Button onPress={() => void act('network.forgetSignIn', { proxy: name })}>Forget</Button>
            <Button onPress={() => setDialog({ what: 'sign-in', proxy: name, refused: false })}>
              Change sign-in…
            </Button>
          </FactRow>
        ))}
        <FactRow
          label="Certificate authorities"
          help={
            authorities.length === 0
              ? 'Those of this computer are trusted. Some companies give their own as a file.'
              : 'These are trusted beside those of this computer.'
          }
        >
          <Button icon={FilePlus2} onPress={() => void add()}>
            Add from a file…
          </Button>
        </FactRow>
        {authorities.map((authority) => (
          <AuthorityRow
            key={authority.fingerprint}
            authority={authority}
            onRemove={() => setDialog({ what: 'remove', authority })}
          />
        ))}
        {failure && (
          <div className={style.row}>
            <FailureNote failure={failure} announce={false} />
          </div>
        )}
      </Card>
      {dialog?.what === 'manual' && <ManualProxyDialog onClose={close} />}
      {dialog?.what === 'sign-in' && (
        <ProxySignInDialog
          proxy={dialog.proxy}
          refused={dialog.refused}
          later="Cancel"
          onClose={close}
          onDone={close}
        />
      )}
      {dialog?.what === 'remove' && <RemoveAuthority authority={dialog.authority} onClose={close} />}
    </Section>
  );
}

function AuthorityRow({ authority, onRemove }: { authority: Authority; onRemove(): void }) {
  const { name, fingerprint, expiresAt } = authority;
  const expired = useTimed((now) => expiresAt < now);
  const until = useTimed((now) => formatTime(expiresAt, now));
  return (
    <div className={style.fact}>
      <div className={style.words}>
        <p>
          <VendorText text={name} />
        </p>
        <p className={style.help}>
          {expired ? 'Expired' : 'Valid until'} {until}
        </p>
        <p className={style.help}>
          SHA-256 <code className={style.path}>{fingerprint}</code>
        </p>
      </div>
      <div className={style.end}>
        <Button variant="danger" onPress={onRemove}>
          Remove…
        </Button>
      </div>
    </div>
  );
}

function RemoveAuthority({ authority, onClose }: { authority: Authority; onClose(): void }) {
  const { fingerprint, name } = authority;
  return (
    <Confirm
      title="Stop trusting this authority"
      action="Stop trusting it"
      onClose={onClose}
      onConfirm={() => call('network.removeAuthority', { fingerprint })}
    >
      <p>
        Servers that only <VendorText text={name} /> vouches for can’t be reached from then on. Sessions there
        stay open, and their ends wait until they can be confirmed.
      </p>
    </Confirm>
  );
}
