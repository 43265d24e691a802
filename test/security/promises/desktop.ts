import type { SecurityPromise } from './promise.ts';

const consoles = 'test/main/platform/consoles.test.ts';
const signInPages = 'test/main/platform/sign-in-pages.test.ts';
const providerPage = 'test/main/sessions/provider-page.test.ts';
const providerCode = 'test/main/sessions/provider-code.test.ts';
const checklist = 'test/security/electron-checklist.test.ts';
const clipboard = 'test/main/platform/clipboard.test.ts';
const guard = 'test/main/platform/start-guard.test.ts';
const locked = 'test/security/locked.test.ts';
const start = 'test/main/platform/start.test.ts';
const bug = 'test/main/lib/error-line.test.ts';
const page = 'test/security/page.test.ts';

export const desktopPromises: SecurityPromise[] = [
  {
    threat: 'A reader of the log',
    promise: 'No address, token or text of anybody else is in the log, an error or a message',
    tests: [
      {
        file: locked,
        name: 'a console that can’t be loaded is named by its host alone, to the window and in the log',
      },
      {
        file: locked,
        name: 'a console that is signed in by a header tells nothing of it when it can’t be loaded',
      },
      { file: bug, name: 'an error of somebody else is its name, its code and our own lines' },
      { file: bug, name: 'a message that looks like frames of ours is no frame' },
      { file: start, name: 'what nobody caught is written down cleaned, and ends nothing' },
      {
        file: consoles,
        name: 'an address that can’t be opened ERR_NAME_NOT_RESOLVED is said in words, by the host and never by the path or query',
      },
    ],
  },
  {
    threat: 'A changed shortcut or profile script',
    promise: 'A packed Gatehouse does not start with a switch or variable that weakens it, and says which',
    tests: [
      { file: guard, name: 'a packed Gatehouse names the switch with which it does not start' },
      { file: guard, name: 'however it is spelt, and not what only looks like one' },
      {
        file: guard,
        name: 'a variable that is read later is taken away in time: certificates are checked, keys are not written',
      },
      {
        file: 'test/e2e/packaging.test.ts',
        name: 'the packed app does not start with a switch that weakens it, and says which',
      },
    ],
  },
  {
    threat: 'A script in our page',
    promise: 'Nothing leaves the page, by request or by WebRTC',
    tests: [
      { file: page, name: 'the policy of the page lets nothing leave the page' },
      {
        file: page,
        name: 'sends nothing by WebRTC, which no policy binds: neither UDP nor TCP leaves it',
      },
      {
        file: start,
        name: 'the window’s session grants nothing, downloads nothing and reaches no network',
      },
    ],
  },
  {
    threat: 'A script in our page',
    promise: 'An address is handed to the system only after a click, a known one, one a click',
    tests: [
      {
        file: page,
        name: 'hands only known https addresses to the person’s browser, after a click, one a click',
      },
      {
        file: checklist,
        name: 'Electron’s checklist 15. only our own page hands an address to the system, a known one, once a click',
      },
    ],
  },
  {
    threat: 'A colleague at the screen',
    promise: 'A lock hides or closes consoles, silences them, and nothing brings them back but the unlock',
    tests: [
      { file: consoles, name: 'a lock hides consoles, keeps them hidden and silent, and shows them again' },
      { file: consoles, name: 'a lock hides one that was on its way' },
      {
        file: consoles,
        name: 'a lock closes and wipes them where the settings say so, also one on its way',
      },
      { file: locked, name: 'a console is closed and wiped at a lock where the settings say so' },
    ],
  },
  {
    threat: 'A colleague at the screen',
    promise:
      'A locked Gatehouse names nobody: title, messages, tray, notifications, and what the page is told',
    tests: [
      { file: start, name: 'a notification names the account, and nobody while it is locked' },
      { file: locked, name: 'a locked window names nobody: not in its title, its text, or what it is told' },
      {
        file: start,
        name: 'a lock takes down what names accounts: consoles, notifications, clipboard, tray',
      },
      {
        file: 'test/main/ipc/changes.test.ts',
        name: 'a locked window hears nothing that names an account, also not what was gathered before the lock',
      },
      {
        file: 'test/main/ipc/router.test.ts',
        name: 'router an answer or a failure that comes after the lock says only that it is locked',
      },
      {
        file: 'test/renderer/shell/window.test.ts',
        name: 'a lock takes the account out of the title and the messages',
      },
      {
        file: 'test/main/platform/tray-menu.test.ts',
        name: 'tray menu says nothing of accounts while locked',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise:
      'A console stays on its origin, may only copy and fill the screen, writes no file and opens nothing',
    tests: [
      {
        file: consoles,
        name: 'a console moves within its origin only, also by a redirect; its frames go to secure origins',
      },
      {
        file: consoles,
        name: 'a console gets no permission but to copy and to fill the screen, in its own page, and writes no file',
      },
      { file: consoles, name: 'a console opens no window and nothing outside, whatever is clicked' },
      { file: consoles, name: 'a console can’t keep itself open' },
      { file: locked, name: 'a file that a page offers is not written, and the person is told' },
      {
        file: checklist,
        name: 'beside the checklist no certificate is believed that Chromium doubts, none is shown, and no password is given',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'A session’s headers and cookies go to its own origin and port, and are wiped with the session',
    tests: [
      {
        file: consoles,
        name: 'a console sends its headers to its own origin and port, and cookies that no script reads',
      },
      { file: consoles, name: 'the end of a session closes and wipes its consoles, and no other’s' },
      { file: consoles, name: 'the end of a session reaches a console that has no window yet' },
      {
        file: consoles,
        name: 'the end of a session reaches a console that is still loading, which is no failure',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise:
      'A page to sign in on has nothing of ours, may do nothing, reaches nothing on this computer and says at which host it is',
    tests: [
      {
        file: signInPages,
        name: 'a page to sign in on has a session of its own that is not on disk and is wiped, no preload, no Node, and nothing of ours',
      },
      {
        file: signInPages,
        name: 'a page to sign in on gets no permission, writes no file and opens nothing',
      },
      {
        file: signInPages,
        name: 'a page to sign in on goes on to other secure hosts, never to this computer, and never to our own page',
      },
      {
        file: signInPages,
        name: 'a page to sign in on its title says first at which host it is, whatever the page calls itself and however long the name is',
      },
      {
        file: signInPages,
        name: 'a page to sign in on one that can’t be loaded is closed, and named by its host alone',
      },
      {
        file: providerPage,
        name: 'it goes on by itself when the word comes, and the window is told only whose page it is',
      },
      { file: providerPage, name: 'a lock closes the page' },
    ],
  },
  {
    threat: 'A vendor',
    promise:
      'A code with which a provider sends somebody back is taken before that page loads, counts for its own sign-in only, and never leaves main',
    tests: [
      {
        file: signInPages,
        name: 'a page to sign in on that is stopped where it would come back takes the first step back, by a redirect or by itself, before it is made, and closes',
      },
      {
        file: 'test/main/vendors/koyeb/provider.test.ts',
        name: 'a state of another sign-in has its sentence, and leaves nothing',
      },
      {
        file: providerCode,
        name: 'it goes on by itself with the code, and neither code nor state leaves main',
      },
      {
        file: providerCode,
        name: 'a cancel and a lock close the page, and a code that comes after is not used',
      },
    ],
  },
  {
    threat: 'A clipboard history or cloud clipboard',
    promise: 'A copied secret is marked as one, cleared after 30 s, at a lock and before quitting',
    tests: [
      {
        file: clipboard,
        name: 'histories and cloud clipboards are told by their own formats that it is a secret, in one write',
      },
      { file: clipboard, name: 'a copied secret is taken off the clipboard after 30 s' },
      { file: clipboard, name: 'clearing waits for a write that is on its way' },
      {
        file: start,
        name: 'a lock takes down what names accounts: consoles, notifications, clipboard, tray',
      },
      { file: start, name: 'quitting takes the secret off the clipboard before it ends' },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'What the system draws is one short line without anything that can’t be seen',
    tests: [
      {
        file: 'test/main/lib/native-text.test.ts',
        name: 'what can’t be seen is taken out, and the text is one line',
      },
      {
        file: 'test/main/lib/native-text.test.ts',
        name: 'a text is cut once, with a mark, however long it is',
      },
      {
        file: 'test/main/platform/tray-menu.test.ts',
        name: 'tray menu is short and one line an account, whatever a vendor calls a realm',
      },
      {
        file: 'test/main/platform/native-borders.test.ts',
        name: 'a tray’s label shows an ampersand and is short',
      },
      {
        file: 'test/main/platform/native-borders.test.ts',
        name: 'a notification is short, one line, and taken down when it is told to',
      },
      {
        file: consoles,
        name: 'a console says in its title which account and host it is, whatever the page and the vendor call it',
      },
    ],
  },
  {
    threat: 'Whoever gets code into a page',
    promise: 'Electron’s security checklist is kept, all twenty points',
    tests: [
      '1. only secure content: our own files, https, or this computer',
      '2. no Node in any page',
      '3. contexts are isolated',
      '4. pages are sandboxed: each window, and all of them from the start',
      '5. every permission is refused in every session',
      '6. the web’s own security is on',
      '7. a content security policy that begins with nothing, and no scheme passes it by',
      '8. 9. 10. no insecure content, no experimental features, no Blink features',
      '11. 12. no webview: none is attached, whatever it asks for',
      '13. each page stays where it belongs, also by a redirect and in a frame',
      '14. no page opens a window',
      '15. only our own page hands an address to the system, a known one, once a click',
      '16. the Electron that is installed and packed is the one that package.json asks for',
      '17. a call counts only from the main frame of our own page',
      '18. our files come by a scheme of our own, never by file:',
      '19. every fuse is set; packaging.test.ts reads them from the packed program',
      '20. no page but ours has a preload, and ours hands out three functions',
    ].map((point) => ({ file: checklist, name: `Electron’s checklist ${point}` })),
  },
  {
    threat: 'A fault of our own',
    promise: 'No error at the start or later leaves a dead process: it is told in the window, or in a box',
    tests: [
      {
        file: start,
        name: 'an error of the core that nobody expected is told in the window, without its text',
      },
      { file: start, name: 'a tray that can’t be made is told in the window as well' },
      { file: start, name: 'without a data folder it says so in a box and ends' },
      { file: start, name: 'settings that can’t be read are kept aside, and it starts with the usual ones' },
      { file: start, name: 'what nobody caught is written down cleaned, and ends nothing' },
    ],
  },
];
