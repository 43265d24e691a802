import { CircleAlert, PencilLine, PlugZap, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fieldsShown, fieldValue } from '#contract/form.ts';
import { VendorField } from '../forms/vendor-field.tsx';
import { goTo, type Route, showAccount } from '../state/navigation.ts';
import { getApp, useAccount, useApp, useAppList, useVendor } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { Vendor } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ColourPicker } from '../ui/colour-picker.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatCount } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { ownValue } from '../ui/own-value.ts';
import { Page } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { Select } from '../ui/select.tsx';
import { TagField } from '../ui/tag-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './account-form.module.css';
import { copyOf, type Draft, draftOf, isChanged, labelOf, newDraft, twinOf } from './draft.ts';
import { dropDraft, useDrafts } from './drafts.ts';
import { TestResult } from './test-result.tsx';
import { type AccountFormState, useAccountForm } from './use-account-form.ts';
import { VendorChoice } from './vendor-choice.tsx';

/** Adds an account (`accountId` null), begun as a copy of another one (`from`), or changes one. */
export function AccountForm({ accountId, from = null }: { accountId: string | null; from?: string | null }) {
  const account = useAccount(accountId);
  const original = useAccount(from);
  const key = accountId ?? (original ? `copy of ${original.id}` : 'new');
  const [first] = useState<Draft | null>(() => {
    if (account) return draftOf(account);
    if (original) return copyOf(original);
    const [vendor] = getApp().vendors;
    return vendor ? newDraft(vendor) : null;
  });
  const draft = useDrafts((drafts) => ownValue(drafts, key)) ?? first;
  const vendor = useVendor(draft?.vendor);
  if (!first || !draft || !vendor) return <EmptyState title="This build of Gatehouse knows no vendor." />;
  return (
    <Form accountId={accountId} from={from} draftKey={key} vendor={vendor} first={first} draft={draft} />
  );
}

interface FormProps {
  accountId: string | null;
  from: string | null;
  draftKey: string;
  vendor: Vendor;
  /** What the form begins with when nothing was kept. */
  first: Draft;
  draft: Draft;
}

function Form({ accountId, from, draftKey, vendor, first, draft }: FormProps) {
  const account = useAccount(accountId);
  const stored = account?.storedSecrets ?? [];
  const state = useAccountForm({ accountId, draftKey, vendor, draft, stored });
  const [resumed] = useState(() => isChanged(draft, first));
  const [leaving, setLeaving] = useState(false);
  const changed = isChanged(draft, first);
  const { form, change, onSubmit } = state;
  const parts = { vendor, draft, state };
  const label = labelOf(draft, vendor);

  // Whoever leaves by another way than the form's own is told that nothing is lost.
  useEffect(
    () => () => {
      const kept = useDrafts.getState()[draftKey];
      if (!kept || !isChanged(kept, first) || getApp().vault.state !== 'unlocked') return;
      const route: Route = accountId ? { at: 'edit-account', accountId } : { at: 'add-account', from };
      const text = 'What you typed of the account is kept as a draft.';
      showToast({ tone: 'plain', text, action: { label: 'Go back', run: () => goTo(route) } });
    },
    [accountId, draftKey, first, from],
  );

  function leave() {
    if (accountId) showAccount(accountId);
    else goTo({ at: 'live' });
  }

  return (
    <Page
      narrow
      practice={account?.practice ?? false}
      title={
        <>
          {accountId ? `Edit ${sanitizeText(account?.label ?? '', 60)}` : 'Add an account'}
          {account?.practice && <Badge tone="practice">Practice</Badge>}
        </>
      }
      subtitle={
        accountId
          ? `${vendor.name} · ${vendor.purpose}`
          : 'Kept encrypted in your vault, on this computer only.'
      }
      lead={<Avatar label={label || vendor.name} colour={draft.colour} />}
    >
      {resumed && changed && (
        <Note
          icon={PencilLine}
          actions={
            <Button size="small" onPress={() => dropDraft(draftKey)}>
              Start over
            </Button>
          }
        >
          Goes on where you left it. Secrets that you typed before a lock are gone.
        </Note>
      )}
      <form ref={form} className={style.form} onSubmit={onSubmit} noValidate>
        {!accountId && <VendorChoice value={draft.vendor} onChange={(id) => change({ vendor: id })} />}
        {vendor.notice && <Note icon={TriangleAlert}>{sanitizeText(vendor.notice, 500)}</Note>}
        <SignIn {...parts} stored={stored} />
        <Appearance {...parts} />
        <Foot {...parts} accountId={accountId} onCancel={() => (changed ? setLeaving(true) : leave())} />
      </form>
      {leaving && (
        <LeaveForm
          onClose={() => setLeaving(false)}
          onKeep={leave}
          onDiscard={() => {
            dropDraft(draftKey);
            leave();
          }}
        />
      )}
    </Page>
  );
}

/** Asks what becomes of what was typed. */
function LeaveForm({ onClose, onKeep, onDiscard }: { onClose(): void; onKeep(): void; onDiscard(): void }) {
  return (
    <Dialog title="Leave with changes" size="small" alert onClose={onClose} noClose>
      <p>
        Nothing of it is saved yet. A kept draft is here when you come back; its secrets go when Gatehouse
        locks, all of it when Gatehouse quits.
      </p>
      <DialogActions
        end={
          <Button variant="danger" onPress={onDiscard}>
            Discard changes
          </Button>
        }
      >
        <Button variant="main" autoFocus onPress={onKeep}>
          Keep draft
        </Button>
        <Button onPress={onClose}>Stay here</Button>
      </DialogActions>
    </Dialog>
  );
}

interface PartProps {
  vendor: Vendor;
  draft: Draft;
  state: AccountFormState;
}

/** What the vendor needs to sign somebody in. */
function SignIn({ vendor, draft, state, stored }: PartProps & { stored: readonly string[] }) {
  const { errors, setValue } = state;
  return (
    <fieldset className={style.group}>
      <legend className={style.legend}>Sign-in</legend>
      {fieldsShown(vendor.form, draft.values).map((field) => (
        <VendorField
          key={field.name}
          field={field}
          value={field.secret ? (ownValue(draft.values, field.name) ?? '') : fieldValue(field, draft.values)}
          error={ownValue(errors, field.name)}
          stored={stored.includes(field.name)}
          touched={ownValue(draft.values, field.name) !== undefined}
          onChange={(value) => setValue(field.name, value)}
        />
      ))}
      {vendor.realmHelp && <RealmFields vendor={vendor} draft={draft} state={state} />}
    </fieldset>
  );
}

const none = '';

/** The realm is typed, or chosen from what a test has seen. */
function RealmFields({ vendor, draft, state: { errors, change, realms } }: PartProps) {
  const [typing, setTyping] = useState(false);
  const realm = sanitizeText(vendor.words.realm, 40);
  const Realm = realm.charAt(0).toUpperCase() + realm.slice(1);
  const error = errors['realm.id'] ?? errors.realm;
  if (realms.length > 0 && !typing) {
    const known = new Map(realms.map(({ id, name }) => [id, name]));
    if (draft.realmId)
      known.set(draft.realmId, draft.realmName || (known.get(draft.realmId) ?? draft.realmId));
    return (
      <div className={style.realm}>
        <Select
          label={Realm}
          optional
          help={vendor.realmHelp}
          error={error}
          value={draft.realmId}
          onChange={(realmId) =>
            change({ realmId, realmName: known.get(realmId) ?? '' }, 'realm', 'realm.id')
          }
          options={[
            { value: none, label: 'Not chosen' },
            ...[...known].map(([value, name]) => ({ value, label: sanitizeText(name, 80) })),
          ]}
        />
        <Button variant="link" size="small" onPress={() => setTyping(true)}>
          Type another {realm}
        </Button>
      </div>
    );
  }
  return (
    <>
      <TextField
        label={`${Realm} id`}
        optional
        help={vendor.realmHelp}
        error={error}
        autoComplete="off"
        spellCheck="false"
        value={draft.realmId}
        onChange={(realmId) => change({ realmId }, 'realm', 'realm.id')}
      />
      <TextField
        label={`${Realm} name`}
        optional
        help="As you want to read it here."
        autoComplete="off"
        value={draft.realmName}
        onChange={(realmName) => change({ realmName })}
      />
    </>
  );
}

/** How the account is shown and found here. */
function Appearance({ vendor, draft, state: { errors, change } }: PartProps) {
  const tags = useAppList((app) => [...new Set(Object.values(app.accounts).flatMap((one) => one.tags))]);
  return (
    <fieldset className={style.group}>
      <legend className={style.legend}>In the list</legend>
      <TextField
        label="Label"
        error={errors.label}
        autoComplete="off"
        value={labelOf(draft, vendor)}
        maxLength={120}
        // What was emptied follows from the other fields again.
        onChange={(label) => change({ label: label === '' ? null : label }, 'label')}
      />
      <TagField label="Tags" tags={draft.tags} known={tags} onChange={(next) => change({ tags: next })} />
      <ColourPicker label="Colour" value={draft.colour} onChange={(colour) => change({ colour })} />
    </fieldset>
  );
}

interface FootProps extends PartProps {
  accountId: string | null;
  onCancel(): void;
}

function Foot({ vendor, draft, state, accountId, onCancel }: FootProps) {
  const { test, failure, saving, runTest, errors, showFirstError } = state;
  const wrong = Object.keys(errors).length;
  return (
    <div className={style.foot}>
      <div className={style.said}>
        {test && <TestResult test={test} />}
        {failure && <FailureNote failure={failure} />}
        <Twin draft={draft} vendor={vendor} ownId={accountId} />
      </div>
      <div className={style.actions}>
        <Button type="submit" variant="main" isPending={saving}>
          {accountId ? 'Save changes' : 'Add account'}
        </Button>
        {vendor.abilities.includes('test') && (
          <Button icon={PlugZap} isPending={test?.state === 'running'} onPress={() => void runTest()}>
            Test
          </Button>
        )}
        {wrong > 0 && (
          <Button variant="link" size="small" onPress={showFirstError}>
            <span className={style.wrong}>
              <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
              {formatCount(wrong, 'field needs', 'fields need')} attention
            </span>
          </Button>
        )}
        <span className={style.end}>
          <Button variant="quiet" onPress={onCancel}>
            Cancel
          </Button>
        </span>
      </div>
    </div>
  );
}

/** Warns of an account that is this one already. */
function Twin({ draft, vendor, ownId }: { draft: Draft; vendor: Vendor; ownId: string | null }) {
  const twin = useApp((app) => twinOf(draft, vendor, Object.values(app.accounts), ownId));
  if (!twin) return null;
  return (
    <Note
      tone="wait"
      icon={TriangleAlert}
      actions={
        <Button size="small" onPress={() => showAccount(twin.id)}>
          Show it
        </Button>
      }
    >
      <p>
        You have this login at this address already: <bdi>{sanitizeText(twin.label, 60)}</bdi>.
      </p>
    </Note>
  );
}
