/* Everything that the first screen does without, as one file that is read once that screen is painted. */
export { AccountForm } from '../accounts/account-form.tsx';
export { WhyPage } from '../diagnose/why-page.tsx';
export { DirectoryRoute } from '../directory/directory-route.tsx';
export { NoDirectory } from '../directory/no-directory.tsx';
export { OwnLoginPage } from '../directory/own-login-page.tsx';
export { LedgerPage } from '../ledger/ledger-page.tsx';
export { PromptPanel } from '../prompts/prompt-panel.tsx';
export { AccountPage } from '../sessions/account-page.tsx';
export { ProxyQuestion } from '../settings/proxy-sign-in-dialog.tsx';
export { SettingsPage } from '../settings/settings-page.tsx';
export { ShiftPage } from '../shifts/shift-page.tsx';
export { AppDialogs } from './app-dialogs.tsx';
