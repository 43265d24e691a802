import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { atEnd, eventually, openApp, type TestApp } from '../e2e/harness.ts';
import { serve } from '../main/http/fixture.ts';

/** What a script that got into the page could do: nothing outside it. */
let app: TestApp;
let outside: string;
/** Requests that left the page. */
const left: string[] = [];
const onElectron = process.env.GATEHOUSE_HOST === 'electron';

beforeAll(async () => {
  const server = await serve((request, response) => {
    left.push(request.url ?? '');
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
      .end('1');
  });
  atEnd(server.close);
  outside = server.origin;
  app = await openApp();
  await app.page.evaluate(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
  });
});

/** The directives that the policy has refused something by so far. */
const refusedBy = () => app.page.evaluate(() => (window as unknown as { refused: string[] }).refused);

test('has no Node and no Electron; the bridge is all there is, and frozen', async () => {
  const seen = await app.page.evaluate(() => {
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      '__dirname',
    ];
    const bridge = window.gatehouse;
    const attempt = (work: () => void) => {
      try {
        work();
      } catch {
        // Refused with an error, which is fine as well.
      }
    };
    attempt(() => Object.assign(bridge, { call: () => 'replaced', extra: 1 }));
    attempt(() => Object.defineProperty(window, 'gatehouse', { value: { call: 'replaced' } }));
    return {
      there: names.filter((name) => name in window),
      keys: Object.keys(window.gatehouse).toSorted(),
      kinds: Object.values(window.gatehouse).map((value) => typeof value),
      frozen: Object.isFrozen(window.gatehouse),
      same: window.gatehouse === bridge,
    };
  });
  expect(seen).toEqual({
    there: [],
    keys: ['call', 'onChanges', 'onRequest'],
    kinds: ['function', 'function', 'function'],
    frozen: true,
    same: true,
  });
});

test('a frame that a script adds has no bridge', async () => {
  const kind = await app.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const found = typeof frame.contentWindow?.gatehouse;
    frame.remove();
    return found;
  });
  expect(kind).toBe('undefined');
});

test('comes from the app’s own scheme, with nothing of its disk', async () => {
  expect(await app.page.evaluate(() => window.location.protocol)).not.toBe('file:');
  const { dataFolder } = (await app.snapshot()).appInfo;
  const opened = await app.page.evaluate(async (path) => {
    const image = new Image();
    const over = new Promise((done) => {
      image.onload = () => done('loaded');
      image.onerror = () => done('refused');
    });
    image.src = `file://${path}/gatehouse.db`;
    return over;
  }, dataFolder);
  expect(opened).toBe('refused');
});

describe('the policy of the page', () => {
  test('runs no inline script and no text as code', async () => {
    const results = await app.page.evaluate(
      () =>
        new Promise<Record<string, unknown>>((done) => {
          // Later, so that the debugger's own right to evaluate does not count.
          setTimeout(() => {
            const attempt = (work: () => unknown) => {
              try {
                return work();
              } catch (error) {
                return (error as Error).name;
              }
            };
            const evaluated = attempt(() =>
              (Reflect.get(globalThis, 'eval') as (code: string) => unknown)('1 + 1'),
            );
            const made = attempt(() => new Function('return 2')());
            const inline = attempt(() => {
              const script = document.createElement('script');
              script.textContent = 'window.ranInline = true';
              document.head.append(script);
              return 'added';
            });
            const written = attempt(() => {
              const div = document.createElement('div');
              div.innerHTML = '<img src=x onerror="window.ranInline = true">';
              return 'written';
            });
            setTimeout(() => done({ evaluated, made, inline, written, ran: 'ranInline' in window }), 50);
          });
        }),
    );
    expect(results).toMatchObject({
      evaluated: 'EvalError',
      made: 'EvalError',
      ran: false,
      written: 'TypeError',
    });
  });

  test('lets nothing leave the page', async () => {
    const outcome = await app.page.evaluate(async (origin) => {
      const word = (promise: Promise<unknown>) =>
        promise.then(
          () => 'went out',
          () => 'refused',
        );
      const loaded = (element: HTMLElement & { src?: string; href?: string }, name: 'src' | 'href') => {
        const over = new Promise((done, fail) => {
          element.onload = done;
          element.onerror = fail;
        });
        element[name] = `${origin}/${element.localName}`;
        document.head.append(element);
        return over;
      };
      const style = Object.assign(document.createElement('link'), { rel: 'stylesheet' });
      const socket = new Promise((done, fail) => {
        const one = new WebSocket(`${origin.replace('http', 'ws')}/socket`);
        one.onopen = done;
        one.onerror = fail;
      });
      return {
        fetch: await word(fetch(`${origin}/fetch`)),
        image: await word(loaded(document.createElement('img'), 'src')),
        style: await word(loaded(style, 'href')),
        socket: await word(socket),
        beacon: navigator.sendBeacon(`${origin}/beacon`, 'x') && 'queued',
      };
    }, outside);
    expect(outcome).toMatchObject({
      fetch: 'refused',
      image: 'refused',
      style: 'refused',
      socket: 'refused',
    });
    // A frame and a form say nothing to the script; the policy's word is waited for instead.
    await app.page.evaluate((origin) => {
      const frame = document.createElement('iframe');
      frame.src = `${origin}/frame`;
      const form = document.createElement('form');
      form.action = `${origin}/form`;
      document.body.append(frame, form);
      form.submit();
    }, outside);
    await eventually(async () =>
      expect(await refusedBy()).toEqual(
        expect.arrayContaining(['connect-src', 'img-src', 'style-src-elem', 'frame-src', 'form-action']),
      ),
    );
    expect(left).toEqual([]);
  });
});

test('goes nowhere else and opens nothing', async () => {
  const before = app.page.url();
  await app.page.evaluate((origin) => {
    window.location.href = `${origin}/away`;
  }, outside);
  const opened = await app.page.evaluate((origin) => window.open(`${origin}/window`) === null, outside);
  expect(opened).toBe(true);
  await app.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'about:blank#away';
    link.target = '_blank';
    document.body.append(link);
    link.click();
  });
  expect((await app.snapshot()).vault.state).toBe('unlocked');
  expect(app.page.url()).toBe(before);
  expect(app.page.context().pages()).toHaveLength(1);
  expect(left).toEqual([]);
});

test('sends nothing by WebRTC, which no policy binds: neither UDP nor TCP leaves it', async () => {
  let arrived = 0;
  const count = () => {
    arrived += 1;
  };
  const udp = createSocket('udp4').on('message', count);
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  const tcp = createServer((socket) => {
    count();
    socket.on('error', () => {}).destroy();
  });
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
  atEnd(() => {
    udp.close();
    tcp.close();
  });
  const gathered = await app.page.evaluate(
    async ([stun, turn]) => {
      const peer = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${stun}` },
          { urls: `turn:127.0.0.1:${stun}`, username: 'a secret', credential: 'x' },
          { urls: `turn:127.0.0.1:${turn}?transport=tcp`, username: 'a secret', credential: 'x' },
        ],
      });
      peer.createDataChannel('out');
      await peer.setLocalDescription(await peer.createOffer());
      // Without a lock on it, the first packets are out within a tenth of this.
      await new Promise((done) => setTimeout(done, 2_000));
      return peer.iceGatheringState;
    },
    [udp.address().port, (tcp.address() as AddressInfo).port],
  );
  // It has tried.
  expect(gathered).not.toBe('new');
  expect(arrived).toBe(0);
});

test.skipIf(onElectron)(
  'hands only known https addresses to the person’s browser, after a click, one a click',
  async () => {
    const addresses = [
      'https://apidocs.enhance.com/',
      'http://apidocs.enhance.com/',
      'https://apidocs.enhance.com.evil.example/',
      'https://amir:secret@apidocs.enhance.com/',
      'https://evil.example/?https://apidocs.enhance.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://apidocs.enhance.com/share',
    ];
    const ask = () =>
      app.page.evaluate((all) => {
        for (const address of [...all, ...all]) window.open(address);
        document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
      }, addresses);
    await ask();
    // Whatever was asked has been decided by now.
    await app.snapshot();
    await ask();
    await app.snapshot();
    expect(await app.control('opened')).toEqual([]);

    // A click within the page, on nothing.
    await app.page.mouse.click(3, 3);
    await ask();
    await eventually(async () =>
      expect(await app.control('opened')).toEqual(['https://apidocs.enhance.com/']),
    );
    await ask();
    await app.snapshot();
    expect(await app.control('opened')).toEqual(['https://apidocs.enhance.com/']);
  },
);

test('has no permission for anything', async () => {
  const states = await app.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'] as const;
    const found: Record<string, string> = {};
    for (const name of names)
      found[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => 'denied',
      );
    found.asked = await Notification.requestPermission();
    found.media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    );
    found.place = await new Promise((done) =>
      navigator.geolocation.getCurrentPosition(
        () => done('granted'),
        () => done('denied'),
      ),
    );
    return found;
  });
  expect(states).not.toContain('granted');
  for (const name of ['asked', 'media', 'place']) expect(states[name], name).toBe('denied');
  expect(Object.values(states)).not.toContain('granted');
});
