import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Launched, launchGatehouse } from '../e2e/launch.ts';

interface Fixture {
  name: string;
  nested: { list: number[] };
  call(channel: string, value?: unknown): Promise<unknown>;
  tick(): void;
  throws(): void;
  on(listener: (n: number) => void): () => void;
}
interface Seen {
  fixture: Fixture;
  seen: string;
}

const main = join(import.meta.dirname, 'fixture/main.js');
let app: Launched;

beforeAll(async () => {
  app = await launchGatehouse({ main, host: 'chromium' });
}, 60_000);
afterAll(async () => {
  await app?.close();
});

const call = (channel: string, value?: unknown) =>
  app.page.evaluate(
    ([name, sent]) => (globalThis as unknown as Seen).fixture.call(name as string, sent),
    [channel, value],
  );

test('carries a call from the page through the preload to main and back, with who sent it', async () => {
  expect(await call('who', { a: [1, 'two', null] })).toEqual({
    value: { a: [1, 'two', null] },
    url: 'app://desk/index.html',
    origin: 'app://desk',
    top: 'app://desk/index.html',
    parent: null,
    isMain: true,
  });
});

test('clones what JSON would lose', async () => {
  const back = await app.page.evaluate(async () => {
    const sent = { date: new Date(5), bytes: new Uint8Array([1, 255]), list: [undefined, Number.NaN] };
    const value = (await (globalThis as unknown as Seen).fixture.call('kinds', sent)) as typeof sent;
    return [value.date.getTime(), [...value.bytes], value.list.map(String)];
  });
  expect(back).toEqual([5, [1, 255], ['undefined', 'NaN']]);
  expect(app.said).toContainEqual({ said: 'kinds', date: true, bytes: [1, 255], missing: true });
});

test('refuses what can not be cloned', async () => {
  const message = await app.page.evaluate(async () => {
    try {
      return await (globalThis as unknown as Seen).fixture.call('who', document.body);
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(message).toBe('An object could not be cloned.');
});

test('words a failure as Electron does', async () => {
  const failure = (channel: string) => call(channel).catch((error: Error) => error.message);
  expect(await failure('fail')).toContain("Error invoking remote method 'fail': Error: this went wrong");
  expect(await failure('nope')).toContain("No handler registered for 'nope'");
  const thrown = await app.page.evaluate(() => {
    try {
      (globalThis as unknown as Seen).fixture.throws();
      return 'nothing';
    } catch (error) {
      return String(error);
    }
  });
  expect(thrown).toBe('TypeError: thrown in the preload');
});

test('exposes frozen copies and nothing else of the host to page scripts', async () => {
  const found = await app.page.evaluate(() => {
    const { fixture } = globalThis as unknown as Seen;
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inFrame = Object.getOwnPropertyNames(frame.contentWindow).filter((name) =>
      /gatehouse|fixture/i.test(name),
    );
    frame.remove();
    return {
      frozen: Object.isFrozen(fixture) && Object.isFrozen(fixture.nested.list),
      own: Object.getOwnPropertyNames(globalThis).filter((name) =>
        /gatehouse|^(require|process|electron)$/i.test(name),
      ),
      inFrame,
    };
  });
  expect(found).toEqual({ frozen: true, own: [], inFrame: [] });
});

test('sends to the page in order, and a disposer ends a subscription', async () => {
  const heard = await app.page.evaluate(async () => {
    const { fixture } = globalThis as unknown as Seen;
    const numbers: number[] = [];
    const stop = fixture.on((n) => numbers.push(n));
    const until = async (count: number) => {
      while (numbers.length < count) await new Promise((next) => requestAnimationFrame(next));
    };
    fixture.tick();
    await until(100);
    stop();
    fixture.tick();
    await fixture.call('who');
    await fixture.call('who');
    return numbers;
  });
  expect(heard).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test('delivers the policy of main to the page', async () => {
  const found = await app.page.evaluate(async () => {
    const violated = new Promise<string>((done) => {
      document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), {
        once: true,
      });
    });
    const script = document.createElement('script');
    script.textContent = 'window.inline = true';
    document.body.append(script);
    return [await violated, (globalThis as unknown as { inline: boolean }).inline];
  });
  expect(found).toEqual(['script-src-elem', false]);
});

test('stays where it is when main denies a navigation', async () => {
  await app.page.click('#away', { noWaitAfter: true });
  await expect
    .poll(() => app.said)
    .toContainEqual({ said: 'will-navigate', url: 'https://elsewhere.example/' });
  expect(await call('who', 1)).toMatchObject({ url: 'app://desk/index.html' });
  await app.page.evaluate(() => {
    location.href = 'about:blank';
  });
  await expect.poll(() => app.said).toContainEqual({ said: 'will-navigate', url: 'about:blank' });
  await app.page.waitForSelector('html[data-ready="true"]', { state: 'attached' });
  expect(await call('who', 1)).toMatchObject({ url: 'app://desk/index.html', value: 1 });
});

test('tells main of a wish for a window and opens none', async () => {
  await app.page.click('#aside');
  await app.page.evaluate(() => void window.open('https://elsewhere.example/open'));
  for (const name of ['aside', 'open']) {
    await expect
      .poll(() => app.said)
      .toContainEqual({ said: 'window-open', url: `https://elsewhere.example/${name}` });
  }
  await app.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.contentWindow?.open.call(frame.contentWindow, 'https://elsewhere.example/from-frame');
  });
  await expect
    .poll(() =>
      app.said.some(({ said, url }) => said === 'window-open' && String(url).endsWith('from-frame')),
    )
    .toBe(true);
  await expect.poll(() => app.page.context().pages()).toHaveLength(1);
});

test('grants no permission to the page', async () => {
  const states = await app.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'];
    const asked = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(asked)).map((status) => status.state);
  });
  expect(states).not.toContain('granted');
});

test('refuses windows below the security floor and names what it lacks', async () => {
  expect(await call('refused')).toEqual([
    'host: a window with sandbox: false is refused',
    'host: a window with contextIsolation: false is refused',
    'host: a window with nodeIntegration: true is refused',
  ]);
  expect(await call('missing')).toBe('host: app.dock is not offered by the stand-in host');
});

test('runs no preload in a frame unless the window asks for it, and then tells the truth about the sender', async () => {
  const inner = app.page.frames().find((frame) => frame.url().endsWith('/inner.html'));
  expect(await inner?.evaluate(() => (globalThis as unknown as Seen).seen)).toBe('undefined');
  const other = await launchGatehouse({ main, host: 'chromium', env: { FIXTURE_SUBFRAMES: '1' } });
  try {
    const frame = other.page.frames().find((each) => each.url().endsWith('/inner.html'));
    const who = await frame?.evaluate(() => (globalThis as unknown as Seen).fixture.call('who', 'inner'));
    expect(who).toEqual({
      value: 'inner',
      url: 'app://desk/inner.html',
      origin: 'app://desk',
      top: 'app://desk/index.html',
      parent: 'app://desk/index.html',
      isMain: false,
    });
  } finally {
    await other.close();
  }
}, 60_000);

test('records what crossed the bridge for a search', async () => {
  await call('who', 'canary-value');
  expect(JSON.stringify(await app.control('ipc-traffic'))).toContain('canary-value');
});
