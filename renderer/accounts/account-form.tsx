import { PlugZap, TriangleAlert } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { fieldsShown, fieldValue } from '#contract/form.ts';
import { asFailure, call } from '../state/call.ts';
import { goTo, showAccount } from '../state/navigation.ts';
import { theApp, useAccount, useAppList, useVendor } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { Failure, Vendor } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ColourPicker } from '../ui/colour-picker.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { own } from '../ui/own.ts';
import { Page } from '../ui/page.tsx';
import { plain } from '../ui/plain.ts';
import { TagField } from '../ui/tag-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './account-form.module.css';
import { type Draft, draftOf, errorsOf, inputOf, missing, newDraft } from './draft.ts';
import { VendorField } from './form-field.tsx';
import { TestResult, type TestState } from './test-result.tsx';
import { VendorChoice } from './vendor-choice.tsx';

/** Adds an account (`accountId` null) or changes one. */
export function AccountForm({ accountId }: { accountId: string | null }) {
  const account = useAccount(accountId);
  const [draft, setDraft] = useState<Draft | null>(() => {
    if (account) return draftOf(account);
    const first = theApp().vendors[0];
    return first ? newDraft(first) : null;
  });
  const vendor = useVendor(draft?.vendor);
  if (!draft || !vendor) return <EmptyState title="This build of Gatehouse knows no vendor." />;
  return <Form accountId={accountId} vendor={vendor} draft={draft} setDraft={setDraft} />;
}

type FormProps = {
  accountId: string | null;
  vendor: Vendor;
  draft: Draft;
  setDraft(draft: Draft): void;
};

function Form({ accountId, vendor, draft, setDraft }: FormProps) {
  const account = useAccount(accountId);
  const stored = account?.storedSecrets ?? [];
  const tags = useAppList((app) => [...new Set(Object.values(app.accounts).flatMap((one) => one.tags))]);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [test, setTest] = useState<TestState | null>(null);
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const leave = () => (accountId ? showAccount(accountId) : goTo({ at: 'nothing' }));

  // After a refusal the first field that is wrong has the focus.
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus();
  }, [errors]);

  function change(part: Partial<Draft>, field?: string) {
    setDraft({ ...draft, ...part });
    if (field && own(errors, field)) setErrors(({ [field]: _, ...rest }) => rest);
  }

  function setValue(name: string, value: string | undefined) {
    const { [name]: _, ...rest } = draft.values;
    change({ values: value === undefined ? rest : { ...rest, [name]: value } }, name);
  }

  function complete(): boolean {
    const lacking = missing(draft, vendor, stored);
    setErrors(lacking);
    setFailure(null);
    return Object.keys(lacking).length === 0;
  }

  async function runTest() {
    setTest(null);
    if (!complete()) return;
    setTest({ state: 'running' });
    try {
      const input = { account: inputOf(draft, vendor), ...(accountId ? { id: accountId } : {}) };
      setTest({ state: 'done', ...(await call('accounts.test', input)) });
    } catch (error) {
      const reason = asFailure(error);
      setTest({ state: 'failed', failure: reason });
      setErrors(errorsOf(reason));
    }
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    setTest(null);
    if (!complete()) return;
    setSaving(true);
    try {
      const input = inputOf(draft, vendor);
      const saved = accountId
        ? await call('accounts.change', { id: accountId, account: input })
        : await call('accounts.add', input);
      showToast({ tone: 'ok', text: `${plain(saved.label, 60)} ${accountId ? 'is changed' : 'is added'}.` });
      showAccount(saved.id);
    } catch (error) {
      const reason = asFailure(error);
      setFailure(reason);
      setErrors(errorsOf(reason));
      setSaving(false);
    }
  }

  const { realm } = vendor.words;
  const Realm = realm.charAt(0).toUpperCase() + realm.slice(1);
  return (
    <Page
      narrow
      practice={account?.practice ?? false}
      title={
        <>
          {accountId ? `Edit ${plain(account?.label ?? '', 60)}` : 'Add an account'}
          {account?.practice && <Badge tone="practice">Practice</Badge>}
        </>
      }
      subtitle={
        accountId ? `${vendor.name} · ${vendor.purpose}` : 'The way in is kept encrypted in your vault.'
      }
      lead={<Avatar label={draft.label || vendor.name} colour={draft.colour} />}
    >
      <form ref={form} className={style.form} onSubmit={(event) => void save(event)} noValidate>
        {!accountId && <VendorChoice value={draft.vendor} onChange={(id) => change({ vendor: id })} />}
        {vendor.notice && <Note icon={TriangleAlert}>{plain(vendor.notice, 500)}</Note>}
        <fieldset className={style.group}>
          <legend className={style.legend}>Way in</legend>
          {fieldsShown(vendor.form, draft.values).map((field) => (
            <VendorField
              key={field.name}
              field={field}
              value={field.secret ? (own(draft.values, field.name) ?? '') : fieldValue(field, draft.values)}
              error={own(errors, field.name)}
              stored={stored.includes(field.name)}
              touched={own(draft.values, field.name) !== undefined}
              onChange={(value) => setValue(field.name, value)}
            />
          ))}
          {vendor.realmHelp && (
            <div className={`${style.pair} ${style.wide}`}>
              <TextField
                label={`${Realm} id`}
                optional
                help={vendor.realmHelp}
                error={errors['realm.id'] ?? errors.realm}
                autoComplete="off"
                spellCheck="false"
                value={draft.realmId}
                onChange={(realmId) => change({ realmId }, 'realm')}
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
          )}
        </fieldset>
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
              <Button variant="quiet" onPress={leave}>
                Cancel
              </Button>
            </span>
          </div>
        </div>
      </form>
    </Page>
  );
}
