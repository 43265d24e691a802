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
} from '../../preload/contract/admin.ts';
export type { AccountInput, Channel, Input, Output } from '../../preload/contract/channels.ts';
export type { Colour } from '../../preload/contract/colours.ts';
export type { Failure, FailureKind } from '../../preload/contract/failure.ts';
export type {
  Account,
  Ask,
  Change,
  Desk,
  FormField,
  Identity,
  LedgerRow,
  Membership,
  Prompt,
  Realm,
  Receipt,
  RemoteSession,
  Request,
  Session,
  Settings,
  Shift,
  Snapshot,
  TrayItem,
  VaultState,
  Vendor,
} from '../../preload/contract/shapes.ts';
