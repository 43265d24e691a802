/*
 * What a packed Gatehouse doesn't start with. The fuses close Node's own doors (NODE_OPTIONS, --inspect); Chromium's
 * switches and some variables have none, and who may set them (a shortcut, a profile script) may not be who sits there.
 * --user-data-dir stays: another folder is another vault.
 */

const switches: ReadonlySet<string> = new Set([
  // Lets another program look into or steer the windows.
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'auto-open-devtools-for-tabs',
  'load-extension',
  'js-flags',
  'enable-blink-features',
  'disable-blink-features',
  'use-fake-ui-for-media-stream',
  // Believes servers that prove nothing, or sends requests elsewhere.
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'ignore-urlfetcher-cert-requests',
  'allow-insecure-localhost',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'host-resolver-rules',
  'host-rules',
  'proxy-server',
  'proxy-pac-url',
  'proxy-auto-detect',
  'proxy-bypass-list',
  'no-proxy-server',
  'auth-server-allowlist',
  'auth-server-whitelist',
  'auth-negotiate-delegate-allowlist',
  'auth-negotiate-delegate-whitelist',
  'webrtc-ip-handling-policy',
  'force-webrtc-ip-handling-policy',
  // Takes down a wall between pages, or between a page and the system.
  'no-sandbox',
  'disable-sandbox',
  'disable-setuid-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-gpu-sandbox',
  'allow-sandbox-debugging',
  'single-process',
  'disable-web-security',
  'disable-site-isolation-trials',
  'disable-features',
  'allow-file-access',
  'renderer-cmd-prefix',
  'renderer-startup-dialog',
  'utility-cmd-prefix',
  'gpu-launcher',
  'browser-subprocess-path',
  'password-store',
  'use-mock-keychain',
  // Writes traffic, keys or what pages say into files.
  'ssl-key-log-file',
  'log-net-log',
  'net-log-capture-mode',
  'enable-logging',
  'log-file',
  'log-level',
  'v',
  'vmodule',
  'trace-startup',
  'enable-tracing',
  'dump-dom',
  'crash-dumps-dir',
]);

/** The switches of a command line that weaken Gatehouse, each as `--name`; Windows also takes `/name`, and everyone `-name`. */
export function refusedSwitches(argv: readonly string[], platform: string = process.platform): string[] {
  const lead = platform === 'win32' ? /^(?:--?|\/)([^=]+)/ : /^--?([^=]+)/;
  const end = argv.indexOf('--');
  const given = end === -1 ? argv : argv.slice(0, end);
  const names = given.map((text) => lead.exec(text)?.[1]?.toLowerCase()).filter((name) => name !== undefined);
  return [...new Set(names.filter((name) => switches.has(name)))].map((name) => `--${name}`);
}

/** Read by Node or Electron before any line of ours: requests with their headers, or what pages say, go to a file or terminal. */
const tooLate = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'];
const tooLateWhenPacked = ['ELECTRON_ENABLE_LOGGING', 'ELECTRON_LOG_FILE'];
/** Read only when a connection is made, so that taking them away in time is enough. */
const dropped = ['NODE_TLS_REJECT_UNAUTHORIZED', 'SSLKEYLOGFILE'];

/** The variables with which Gatehouse does not start. */
export function refusedEnvironment(env: NodeJS.ProcessEnv, packed: boolean): string[] {
  return [...tooLate, ...(packed ? tooLateWhenPacked : [])].filter((name) => env[name]);
}

/** Takes away what would weaken connections, for this process and for those that it starts. */
export function dropWeakening(env: NodeJS.ProcessEnv): void {
  for (const name of [...dropped, ...tooLate]) delete env[name];
}

/** Why Gatehouse does not start, in a sentence that says what to do; null when it may. */
export function whyNotStart(start: {
  argv: readonly string[];
  env: NodeJS.ProcessEnv;
  packed: boolean;
  root: boolean;
}): string | null {
  const [variable] = refusedEnvironment(start.env, start.packed);
  if (variable) {
    return `Gatehouse does not start while the environment variable ${variable} is set, because it writes down what should stay secret; take it away and start again.`;
  }
  const [name] = start.packed ? refusedSwitches(start.argv) : [];
  if (name === '--no-sandbox' && start.root) {
    return 'Gatehouse does not start as root, because pages would run without their sandbox (--no-sandbox); start it as an ordinary user.';
  }
  if (name === '--no-sandbox') {
    return 'Gatehouse does not start with --no-sandbox, because pages would run without their sandbox. An AppImage adds it where the system allows no user namespaces; install the .deb instead.';
  }
  if (name) {
    return `Gatehouse does not start with ${name}, because it weakens how secrets are kept; start it without.`;
  }
  return null;
}
