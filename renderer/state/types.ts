/** The shapes that cross the bridge, re-exported so that screens have one place to import them from. */

export type {
  Action,
  Copyable,
  DirectoryPage,
  DirectoryQuery,
  DirectoryRow,
  DirectorySource,
  Finding,
  Organisation,
  Outcome,
  PersonPage,
  RecoveryStep,
} from '#contract/admin.ts';
export type { AccountInput, Channel, Input, Output } from '#contract/channels.ts';
export type { Colour } from '#contract/colours.ts';
export type { Failure, FailureKind } from '#contract/failure.ts';
export type {
  Account,
  AppInfo,
  Challenge,
  Change,
  FormField,
  LedgerRow,
  LedgerView,
  Membership,
  NetworkState,
  Prompt,
  Realm,
  RealmRefusal,
  Receipt,
  RemoteSession,
  Request,
  Session,
  Settings,
  Shift,
  Sidebar,
  Snapshot,
  Updates,
  VaultState,
  Vendor,
} from '#contract/shapes.ts';
