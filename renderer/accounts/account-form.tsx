import { PlugZap, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { fieldsShown, fieldValue } from '#contract/form.ts';
import { VendorField } from '../forms/vendor-field.tsx';
import { goTo, showAccount } from '../state/navigation.ts';
import { getApp, useAccount, useAppList, useVendor } from '../state/store.ts';
import type { Vendor } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ColourPicker } from '../ui/colour-picker.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { ownValue } from '../ui/own-value.ts';
import { Page } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { TagField } from '../ui/tag-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './account-form.module.css';
import { type Draft, draftOf, newDraft } from './draft.ts';
import { TestResult } from './test-result.tsx';
import { type AccountFormState, useAccountForm } from './use-account-form.ts';
import { VendorChoice } from './vendor-choice.tsx';

/** Adds an account (`accountId` null) or changes one. */
export function AccountForm({ accountId }: { accountId: string | null }) {
  const account = useAccount(accountId);
  const [draft, setDraft] = useState<Draft | null>(() => {
    if (account) return draftOf(account);
    const first = getApp().vendors[0];
    return first ? newDraft(first) : null;
  });
  const vendor = useVendor(draft?.vendor);
  if (!draft || !vendor) return <EmptyState title="This build of Gatehouse knows no vendor." />;
  return <Form accountId={accountId} vendor={vendor} draft={draft} setDraft={setDraft} />;
}

interface FormProps {
  accountId: string | null;
  vendor: Vendor;
  draft: Draft;
  setDraft(draft: Draft): void;
}

function Form({ accountId, vendor, draft, setDraft }: FormProps) {
  const account = useAccount(accountId);
  const stored = account?.storedSecrets ?? [];
  const state = useAccountForm({ accountId, vendor, draft, setDraft, stored });
  const { form, change, onSubmit } = state;
  const parts = { vendor, draft, state };
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
        accountId ? `${vendor.name} · ${vendor.purpose}` : 'The way in is kept encrypted in your vault.'
      }
      lead={<Avatar label={draft.label || vendor.name} colour={draft.colour} />}
    >
      <form ref={form} className={style.form} onSubmit={onSubmit} noValidate>
        {!accountId && <VendorChoice value={draft.vendor} onChange={(id) => change({ vendor: id })} />}
        {vendor.notice && <Note icon={TriangleAlert}>{sanitizeText(vendor.notice, 500)}</Note>}
        <WayIn {...parts} stored={stored} />
        <Appearance {...parts} />
        <Foot {...parts} accountId={accountId} />
      </form>
    </Page>
  );
}

interface PartProps {
  vendor: Vendor;
  draft: Draft;
  state: AccountFormState;
}

/** What the vendor needs to sign somebody in. */
function WayIn({ vendor, draft, state, stored }: PartProps & { stored: readonly string[] }) {
  const { errors, setValue } = state;
  return (
    <fieldset className={style.group}>
      <legend className={style.legend}>Way in</legend>
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

function RealmFields({ vendor, draft, state: { errors, change } }: PartProps) {
  const { realm } = vendor.words;
  const Realm = realm.charAt(0).toUpperCase() + realm.slice(1);
  return (
    <div className={style.pair}>
      <TextField
        label={`${Realm} id`}
        optional
        help={vendor.realmHelp}
        error={errors['realm.id'] ?? errors.realm}
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
    </div>
  );
}

/** How the account is shown and found here. */
function Appearance({ draft, state: { errors, change } }: PartProps) {
  const tags = useAppList((app) => [...new Set(Object.values(app.accounts).flatMap((one) => one.tags))]);
  return (
    <fieldset className={style.group}>
      <legend className={style.legend}>On your desk</legend>
      <TextField
        label="Label"
        error={errors.label}
        autoComplete="off"
        value={draft.label}
        maxLength={120}
        onChange={(label) => change({ label }, 'label')}
      />
      <TagField label="Tags" tags={draft.tags} known={tags} onChange={(next) => change({ tags: next })} />
      <ColourPicker label="Colour" value={draft.colour} onChange={(colour) => change({ colour })} />
    </fieldset>
  );
}

function Foot({ vendor, state, accountId }: PartProps & { accountId: string | null }) {
  const { test, failure, saving, runTest } = state;
  return (
    <div className={style.foot}>
      {test && <TestResult test={test} />}
      {failure && <FailureNote failure={failure} />}
      <div className={style.actions}>
        <Button type="submit" variant="main" isPending={saving}>
          {accountId ? 'Save changes' : 'Add account'}
        </Button>
        {vendor.abilities.includes('test') && (
          <Button icon={PlugZap} isPending={test?.state === 'running'} onPress={() => void runTest()}>
            Test
          </Button>
        )}
        <span className={style.end}>
          <Button variant="quiet" onPress={() => (accountId ? showAccount(accountId) : goTo({ at: 'live' }))}>
            Cancel
          </Button>
        </span>
      </div>
    </div>
  );
}
