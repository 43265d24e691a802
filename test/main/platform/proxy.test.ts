import { beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultSettings, type ProxySettings } from '#contract/shapes.ts';
import { createConsoles } from '../../../main/platform/consoles.ts';
import { createDesktopProxy, createProxyAnswers } from '../../../main/platform/proxy.ts';
import { confineEverything } from '../../../main/platform/security.ts';
import { makeAuthority, makeCertificate } from '../http/fixture.ts';
import { app, type BrowserWindow, desktop, emit, FakeSession, reset } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

let settings: ProxySettings;
beforeEach(() => {
  reset();
  settings = defaultSettings.proxy;
});

const manual: ProxySettings = {
  mode: 'manual',
  address: 'http://proxy.example:8080',
  exceptions: '*.lan, <-loopback>',
};

describe('the settings in Chromium’s words', () => {
  test.each<[ProxySettings, object]>([
    [defaultSettings.proxy, { mode: 'system' }],
    [{ ...manual, mode: 'none' }, { mode: 'direct' }],
    [
      manual,
      {
        mode: 'fixed_servers',
        proxyRules: 'http://proxy.example:8080',
        proxyBypassRules: '*.lan,<-loopback>',
      },
    ],
  ])('%o', async (given, config) => {
    settings = given;
    const one = new FakeSession('one');
    await createDesktopProxy(() => settings).use(one as never);
    expect(one.proxy).toEqual(config);
  });

  test('an address that somebody wrote into the file is no proxy, and nothing goes straight instead', async () => {
    settings = { ...manual, address: 'file:///etc/passwd' };
    const proxy = createDesktopProxy(() => settings);
    await expect(proxy.resolve('https://panel.example/')).rejects.toMatchObject({
      failure: { kind: 'invalid' },
    });
  });

  test('Chromium is asked when something goes out, and told when the settings change', async () => {
    const proxy = createDesktopProxy(() => settings);
    expect(desktop.sessions.has('proxy')).toBe(false);
    expect(await proxy.resolve('https://panel.example/')).toBe('DIRECT');
    const asked = desktop.sessions.get('proxy')!;
    expect(asked.proxy).toEqual({ mode: 'system' });
    asked.ways = (url) => `PROXY for-${new URL(url).hostname}:1`;
    settings = manual;
    expect(await proxy.resolve('https://panel.example/')).toBe('PROXY for-panel.example:1');
    expect(asked.proxy).toMatchObject({ mode: 'fixed_servers' });
  });
});

describe('a proxy that asks a page for a sign-in', () => {
  const stored = { user: 'amir', password: 'canary-word' };
  const told: [string, boolean][] = [];
  let known: typeof stored | null;
  const contents = () => ({});
  beforeEach(() => {
    told.length = 0;
    known = stored;
    const answers = createProxyAnswers({
      signInOf: (proxy) => (proxy === 'proxy.example:8080' ? known : null),
      signInWanted: (proxy, refused) => told.push([proxy, refused]),
    });
    confineEverything(answers);
  });

  function asks(page: object, url = 'https://panel.example/', isProxy = true, host = 'proxy.example') {
    const answer = vi.fn();
    expect(emit(app, 'login', {}, page, { url }, { isProxy, host, port: 8080 }, answer)).toBe(true);
    expect(answer).toHaveBeenCalledOnce();
    return answer.mock.calls[0];
  }

  test('is given what is stored for it, for each address once', () => {
    const page = contents();
    expect(asks(page)).toEqual(['amir', 'canary-word']);
    expect(asks(page, 'https://panel.example/style.css')).toEqual(['amir', 'canary-word']);
    expect(told).toEqual([]);
    expect(asks(page)).toEqual([]);
    expect(told).toEqual([['proxy.example:8080', true]]);
    known = { user: 'amir', password: 'another' };
    expect(asks(page)).toEqual(['amir', 'another']);
    expect(asks(contents())).toEqual(['amir', 'another']);
  });

  test('another proxy, and a server, is given nothing', () => {
    expect(asks(contents(), undefined, true, 'evil.example')).toEqual([]);
    expect(told).toEqual([['evil.example:8080', false]]);
    expect(asks(contents(), undefined, false)).toEqual([]);
    expect(told).toHaveLength(1);
  });
});

describe('a console in a company’s network', () => {
  const handOver = { url: 'https://panel.example/', cookies: [], headers: {} };
  const sessionOf = () => (desktop.windows.at(-1) as BrowserWindow).web.session as FakeSession;

  async function open(authorities: string[]) {
    const consoles = createConsoles({
      onDownload: () => {},
      setProxy: createDesktopProxy(() => settings).use,
      authorities: () => authorities,
    });
    await consoles.open({ sessionId: 's1', title: 'Panel', handOver, own: true });
    return consoles;
  }

  const verdict = (hostname: string, chain: string[], verificationResult: string) => {
    const [data, ...rest] = chain;
    const certificate = rest.reduceRight<object | undefined>(
      (issuerCert, pem) => ({ data: pem, issuerCert }),
      undefined,
    );
    return new Promise<number>((done) =>
      sessionOf().verify!(
        { hostname, verificationResult, certificate: { data, issuerCert: certificate } },
        done,
      ),
    );
  };

  test('goes through the proxy of the settings, and follows them', async () => {
    settings = manual;
    const consoles = await open([]);
    expect(sessionOf().proxy).toMatchObject({ proxyRules: manual.address });
    settings = { ...manual, mode: 'none' };
    await consoles.networkChanged();
    expect(sessionOf().proxy).toEqual({ mode: 'direct' });
    expect(sessionOf().wiped).toContain('connections');
  });

  test('without authorities of its own Chromium alone judges', async () => {
    await open([]);
    expect(sessionOf().verify).toBe(null);
  });

  test('an added authority counts only where Chromium does not know it, and for what it signed', async () => {
    const authority = await makeAuthority();
    const other = await makeAuthority('Other');
    const good = await makeCertificate({ dns: 'panel.example' }, authority);
    const bad = await makeCertificate({ dns: 'panel.example' }, other);
    await open([authority.cert]);
    const unknown = 'net::ERR_CERT_AUTHORITY_INVALID';
    expect(await verdict('panel.example', [good.cert], unknown)).toBe(0);
    expect(await verdict('panel.example', [good.cert, other.cert], unknown)).toBe(0);
    expect(await verdict('evil.example', [good.cert], unknown)).toBe(-3);
    expect(await verdict('panel.example', [bad.cert, other.cert], unknown)).toBe(-3);
    for (const result of ['net::OK', 'net::ERR_CERT_DATE_INVALID', 'net::ERR_CERT_REVOKED'])
      expect(await verdict('panel.example', [good.cert], result), result).toBe(-3);
  });
});
