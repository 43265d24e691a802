import assert from 'node:assert/strict';
import { app, session } from 'electron';
import { json, makeAuthority, makeCertificate, serveTls } from '../../main/http/fixture.ts';
import { openProxy, type ProxyOptions } from '../../main/http/proxy-server.ts';
import { of } from '../behaviour.ts';
import { openWindow, rejectionOf } from '../world.ts';

const isolated = (name: string) => session.fromPartition(`conformance-proxy-${name}`);
const host = 'panel.example';
const page = `https://${host}/`;

/** A server of that name that nobody vouches for, behind a proxy that alone knows it. */
async function behindProxy(options: ProxyOptions = {}) {
  const authority = await makeAuthority();
  const asked: string[] = [];
  const server = await serveTls(await makeCertificate({ dns: host }, authority), (request, response) => {
    asked.push(request.url ?? '');
    json(response, 200, { ok: true });
  });
  const proxy = await openProxy({ names: { [host]: server.port }, ...options });
  const close = async () => {
    await proxy.close();
    await server.close();
  };
  return { proxy, asked, close };
}

const by = (name: string): Electron.ProxyConfig => ({ mode: 'fixed_servers', proxyRules: `http://${name}` });

export const proxies = [
  ...of('docs/api/session.md#sessetproxyconfig', {
    'the ways to an address are told in the words of proxy scripts': async () => {
      const own = isolated('ways');
      const rules = { mode: 'fixed_servers', proxyRules: 'http://proxy.example:8080' } as const;
      await own.setProxy({ ...rules, proxyBypassRules: 'intranet.example,*.lan,10.0.0.0/8' });
      assert.equal(await own.resolveProxy(page), 'PROXY proxy.example:8080');
      for (const direct of ['https://intranet.example/', 'https://a.lan/', 'https://10.1.2.3/'])
        assert.equal(await own.resolveProxy(direct), 'DIRECT', direct);
    },
    'this computer’s own addresses take no proxy, unless the exceptions say so': async () => {
      const own = isolated('loopback');
      const rules = { mode: 'fixed_servers', proxyRules: 'socks5://proxy.example:1080' } as const;
      await own.setProxy(rules);
      assert.equal(await own.resolveProxy('https://127.0.0.1:4000/'), 'DIRECT');
      assert.equal(await own.resolveProxy('https://localhost/'), 'DIRECT');
      await own.setProxy({ ...rules, proxyBypassRules: '<-loopback>' });
      assert.equal(await own.resolveProxy('https://127.0.0.1:4000/'), 'SOCKS5 proxy.example:1080');
    },
    'without a proxy every way is straight': async () => {
      const own = isolated('straight');
      await own.setProxy({ mode: 'direct' });
      assert.equal(await own.resolveProxy(page), 'DIRECT');
    },
  }),
  ...of('docs/api/session.md#sessetcertificateverifyprocproc', {
    'a page goes through its session’s proxy, and an unknown authority is main’s to judge': async () => {
      const { proxy, asked, close } = await behindProxy();
      const own = isolated('verify');
      await own.setProxy(by(proxy.name));
      const judged: string[][] = [];
      own.setCertificateVerifyProc(({ hostname, verificationResult, certificate }, answer) => {
        judged.push([hostname, verificationResult, certificate.data.slice(0, 27)]);
        answer(hostname === host ? 0 : -3);
      });
      const one = openWindow({ webPreferences: { session: own } });
      await one.loadURL(page);
      assert.ok(asked.includes('/'));
      assert.ok(proxy.asked.includes(`CONNECT ${host}:443`));
      assert.deepEqual(
        judged.find(([name]) => name === host),
        [host, 'net::ERR_CERT_AUTHORITY_INVALID', '-----BEGIN CERTIFICATE-----'],
      );
      one.destroy();
      await close();
    },
    'what main leaves to Chromium is refused by it': async () => {
      const { proxy, asked, close } = await behindProxy();
      const own = isolated('refuse');
      await own.setProxy(by(proxy.name));
      own.setCertificateVerifyProc((_request, answer) => answer(-3));
      const one = openWindow({ webPreferences: { session: own } });
      const { code } = await rejectionOf(one.loadURL(page));
      assert.equal(code, 'ERR_CERT_AUTHORITY_INVALID');
      assert.deepEqual(asked, []);
      one.destroy();
      await close();
    },
  }),
  ...of('docs/api/app.md#event-login', {
    'a proxy that asks for a sign-in is answered by main, and asks no more': async () => {
      const { proxy, asked, close } = await behindProxy({ signIn: 'amir:word' });
      const own = isolated('login');
      await own.setProxy(by(proxy.name));
      own.setCertificateVerifyProc((_request, answer) => answer(0));
      const one = openWindow({ webPreferences: { session: own } });
      const told: unknown[] = [];
      const answerIt = (
        event: Electron.Event,
        contents: Electron.WebContents | null,
        _request: unknown,
        info: Electron.AuthInfo,
        answer: (user?: string, password?: string) => void,
      ) => {
        event.preventDefault();
        told.push([contents?.id, info.isProxy, info.scheme, info.host, info.port, info.realm]);
        answer('amir', 'word');
      };
      app.on('login', answerIt);
      await one.loadURL(page);
      await one.loadURL(`${page}again`);
      app.off('login', answerIt);
      const expected = [one.webContents.id, true, 'basic', '127.0.0.1', proxy.port, 'desk'];
      assert.deepEqual(told, [expected]);
      assert.ok(asked.includes('/again'));
      assert.deepEqual([...new Set(proxy.signIns)], ['amir:word']);
      one.destroy();
      await close();
    },
    'one that main does not answer opens no way': async () => {
      const { proxy, asked, close } = await behindProxy({ signIn: 'amir:word' });
      const own = isolated('no-login');
      await own.setProxy(by(proxy.name));
      const one = openWindow({ webPreferences: { session: own } });
      const { code } = await rejectionOf(one.loadURL(page));
      assert.match(code ?? '', /^ERR_/);
      assert.deepEqual(asked, []);
      one.destroy();
      await close();
    },
    'a proxy that is not there has a name of its own': async () => {
      const gone = await openProxy();
      await gone.close();
      const own = isolated('gone');
      await own.setProxy(by(gone.name));
      const one = openWindow({ webPreferences: { session: own } });
      const { code } = await rejectionOf(one.loadURL(page));
      assert.equal(code, 'ERR_PROXY_CONNECTION_FAILED');
      one.destroy();
    },
  }),
];
