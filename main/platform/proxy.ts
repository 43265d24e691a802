import { type Session, session, type WebContents } from 'electron';
import type { ProxySettings } from '#contract/shapes.ts';
import { checkProxy } from '#http/proxy-address.ts';

/** Chromium's words for the settings. Throws `invalid` for an address that somebody wrote into the settings' file. */
function configOf(proxy: ProxySettings): Electron.ProxyConfig {
  if (proxy.mode === 'system') return { mode: 'system' };
  if (proxy.mode === 'none') return { mode: 'direct' };
  const { address, exceptions } = checkProxy(proxy);
  return { mode: 'fixed_servers', proxyRules: address, proxyBypassRules: exceptions.replaceAll(', ', ',') };
}

/** Chromium's knowledge of the ways to servers (the system's settings, scripts, lists of exceptions), by our settings. */
export function createDesktopProxy(settings: () => ProxySettings) {
  /** Made at the first question, not at the start; no page is ever in it. */
  let asked: Session | null = null;
  let applied: { key: string; done: Promise<void> } | null = null;

  const use = async (one: Session): Promise<void> => one.setProxy(configOf(settings()));

  return {
    /** Sends a session's pages the way that the settings name. */
    use,

    /** As a proxy script answers: "PROXY a:8080; DIRECT". */
    async resolve(url: string): Promise<string> {
      asked ??= session.fromPartition('proxy');
      const key = JSON.stringify(settings());
      if (applied?.key !== key) applied = { key, done: use(asked) };
      await applied.done;
      return asked.resolveProxy(url);
    },
  };
}

interface SignIns {
  signInOf(proxy: string): { user: string; password: string } | null;
  signInWanted(proxy: string, refused: boolean): void;
}

/**
 * Answers proxies that ask pages for a sign-in: what is stored goes once to each address of a page, as a proxy that asks again
 * for the same one has refused it. Several addresses may be asked about at once.
 */
export function createProxyAnswers(signIns: SignIns) {
  const given = new WeakMap<WebContents, Map<string, string>>();
  return (contents: WebContents, proxy: string, url: string) => {
    const signIn = signIns.signInOf(proxy);
    const before = given.get(contents) ?? new Map<string, string>();
    given.set(contents, before);
    const mark = signIn && `${signIn.user}:${signIn.password}`;
    const question = `${proxy} ${url}`;
    const refused = mark !== null && before.get(question) === mark;
    if (signIn && mark && !refused) {
      before.set(question, mark);
      return signIn;
    }
    signIns.signInWanted(proxy, refused);
    return null;
  };
}
