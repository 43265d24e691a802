/* These two functions are sent to the page as source text. They use nothing outside themselves. */

/** What crosses between the page's two worlds, as the detail of an event whose name only the two know. */
interface Crossing {
  /** Which function of the other world is called; absent on the event that hands over the API. */
  id?: number;
  args?: unknown[];
  key?: string;
  api?: unknown;
  answer?: { value?: unknown; error?: { name: string; message: string } };
}

interface Tools {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** Runs in both worlds: turns functions into numbers and back, and calls them across by synchronous events. */
export function makeCrossing(secret: string, side: string, other: string) {
  const dispatch = EventTarget.prototype.dispatchEvent.bind(document);
  const Custom = CustomEvent;
  const own = new Map<number, (...args: unknown[]) => unknown>();
  const numbers = new WeakMap<object, number>();
  let count = 0;
  let answer: Crossing['answer'];
  let onApi: ((key: string, api: unknown) => void) | undefined;

  const number = (fn: (...args: unknown[]) => unknown): number => {
    let id = numbers.get(fn);
    if (id === undefined) {
      id = ++count;
      numbers.set(fn, id);
      own.set(id, fn);
    }
    return id;
  };
  const give = (value: unknown): unknown => {
    if (typeof value === 'function') return { $fn: number(value as (...args: unknown[]) => unknown) };
    if (value instanceof Promise) {
      const id = number((resolve, reject) => {
        own.delete(id);
        value.then(resolve as (v: unknown) => void, (error) =>
          (reject as (e: unknown) => void)(String(error?.message ?? error)),
        );
      });
      return { $promise: id };
    }
    if (Array.isArray(value)) return value.map(give);
    if (
      value !== null &&
      typeof value === 'object' &&
      Object.prototype.toString.call(value) === '[object Object]'
    ) {
      const copy: Record<string, unknown> = {};
      for (const name of Object.keys(value)) copy[name] = give((value as Record<string, unknown>)[name]);
      return copy;
    }
    return value;
  };
  const take = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(take);
    if (Object.prototype.toString.call(value) !== '[object Object]') return value;
    const { $fn, $promise } = value as { $fn?: number; $promise?: number };
    if ($fn !== undefined) return (...args: unknown[]) => call($fn, args);
    if ($promise !== undefined) {
      return new Promise((resolve, reject) => {
        const ids: number[] = [];
        const settle = (act: () => void) => {
          for (const id of ids) own.delete(id);
          act();
        };
        const done = (result: unknown) => settle(() => resolve(result));
        const failed = (message: unknown) => settle(() => reject(new Error(String(message))));
        ids.push(number(done), number(failed));
        call($promise, [done, failed]);
      });
    }
    for (const name of Object.keys(value)) {
      const inner = (value as Record<string, unknown>)[name];
      if (inner !== null && typeof inner === 'object') (value as Record<string, unknown>)[name] = take(inner);
    }
    return value;
  };
  const send = (detail: Crossing) => dispatch(new Custom(secret + other, { detail }));
  const call = (id: number, args: unknown[]): unknown => {
    answer = undefined;
    send({ id, args: args.map(give) });
    const got = answer as Crossing['answer'];
    if (!got) throw new Error('An object could not be cloned.');
    if (got.error) throw Object.assign(new Error(got.error.message), { name: got.error.name });
    return take(got.value);
  };
  document.addEventListener(secret + side, (event) => {
    const detail = (event as CustomEvent<Crossing | null>).detail;
    if (!detail) return;
    if (detail.answer) answer = detail.answer;
    else if (detail.key !== undefined) onApi?.(detail.key, take(detail.api));
    else if (detail.id !== undefined) {
      const fn = own.get(detail.id);
      try {
        if (!fn) throw new Error('The function is gone.');
        const value = give(fn(...(take(detail.args) as unknown[])));
        send({ answer: { value } });
      } catch (error) {
        const { name, message } = error as Error;
        send({ answer: { error: { name: String(name ?? 'Error'), message: String(message ?? error) } } });
      }
    }
  });
  return {
    expose: (key: string, api: unknown) => send({ key, api: give(api) }),
    hear: (listener: (key: string, api: unknown) => void) => {
      onApi = listener;
    },
  };
}

/** Main world: receives the exposed API as frozen copies, and hands window.open to the host. */
export function mainWorld(crossing: ReturnType<typeof makeCrossing>, preload: boolean): void {
  const freeze = (value: unknown): unknown => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
    if (typeof value === 'object') Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  crossing.hear((key, api) => {
    if (key === '$open') {
      const open = api as (url: string) => void;
      window.open = (url) => {
        open(new URL(String(url ?? 'about:blank'), location.href).href);
        return null;
      };
    } else if (preload) {
      Object.defineProperty(window, key, {
        value: freeze(api),
        enumerable: true,
        writable: false,
        configurable: false,
      });
    }
  });
}

/** Isolated world: the preload's `electron` and its line to the host; answers the function that runs the preload. */
export function isolatedWorld(
  crossing: ReturnType<typeof makeCrossing>,
  tools: Tools,
  versions: Record<string, string>,
) {
  const host = globalThis as unknown as {
    gatehouseSend(text: string): void;
    gatehouseReceive?: (texts: string[]) => void;
  };
  const post = host.gatehouseSend.bind(globalThis);
  const waiting = new Map<
    number,
    { channel: string; resolve(value: unknown): void; reject(error: Error): void }
  >();
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  let count = 0;
  let copied: string | undefined;

  host.gatehouseReceive = (texts) => {
    for (const text of texts) {
      const message = tools.decode(text) as {
        id?: number;
        ok?: boolean;
        value?: unknown;
        channel: string;
        args: unknown[];
        copy?: string;
      };
      if (message.copy !== undefined) {
        copied = message.copy;
        document.execCommand('copy');
        copied = undefined;
      } else if (message.id !== undefined) {
        const call = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.ok) call?.resolve(message.value);
        else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.value}`));
      } else {
        for (const listener of [...(listeners.get(message.channel) ?? [])])
          listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      }
    }
  };

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        const text = tools.encode({ kind: 'invoke', id, channel, args });
        waiting.set(id, { channel, resolve, reject });
        post(text);
      }),
    send: (channel: string, ...args: unknown[]) => post(tools.encode({ kind: 'send', channel, args })),
    on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      if (!listeners.has(channel)) listeners.set(channel, new Set());
      listeners.get(channel)?.add(listener);
      return ipcRenderer;
    },
    once: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      const once = (event: object, ...args: unknown[]) => {
        ipcRenderer.off(channel, once);
        listener(event, ...args);
      };
      return ipcRenderer.on(channel, once);
    },
    off: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
      ipcRenderer.off(channel, listener),
    removeAllListeners: (channel: string) => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };
  const guard = <T extends object>(name: string, of: T): T =>
    new Proxy(of, {
      get(target, member, receiver) {
        if (typeof member === 'symbol' || member in target || member === 'then')
          return Reflect.get(target, member, receiver);
        throw new Error(`host: ${name}.${String(member)} is not offered by the stand-in host`);
      },
    });
  const contextBridge = { exposeInMainWorld: crossing.expose };
  const electron = guard('electron', {
    ipcRenderer: guard('ipcRenderer', ipcRenderer),
    contextBridge: guard('contextBridge', contextBridge),
  });
  const report = (kind: string, value: unknown) => post(tools.encode({ kind, value }));

  window.addEventListener(
    'copy',
    (event) => {
      if (copied === undefined) return;
      event.clipboardData?.setData('text/plain', copied);
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  const follow = (event: MouseEvent) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href);
    if (!(link instanceof HTMLAnchorElement)) return;
    const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1;
    const named = link.target !== '' && !['_self', '_top', '_parent'].includes(link.target);
    if (!aside && !named) return;
    event.preventDefault();
    report('open', link.href);
  };
  window.addEventListener('click', follow, true);
  window.addEventListener('auxclick', follow, true);
  crossing.expose('$open', (url: string) => report('open', url));
  if (window === window.top) {
    let last = 0;
    const active = () => {
      if (Date.now() - last < 1000) return;
      last = Date.now();
      report('active', null);
    };
    const inputs = { mouseup: 'mouseUp', keydown: 'keyDown' };
    for (const [name, type] of Object.entries(inputs))
      window.addEventListener(name, ({ isTrusted }) => isTrusted && report('input', type), true);
    for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
      window.addEventListener(name, active, { capture: true, passive: true });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const tell = () =>
      report('surroundings', {
        dark: dark.matches,
        width: screen.width,
        height: screen.height,
        scale: devicePixelRatio,
      });
    dark.addEventListener('change', tell);
    window.addEventListener('focus', () => report('focus', true));
    window.addEventListener('blur', () => report('focus', false));
    tell();
  }
  const process = {
    type: 'renderer',
    platform: versions.platform,
    versions,
    sandboxed: true,
    contextIsolated: true,
    env: {},
  };
  return (
    preload: (require: (name: string) => object, process: object, module: object, exports: object) => void,
  ) => {
    const module = { exports: {} };
    const require = (name: string) => {
      if (name === 'electron' || name === 'electron/renderer') return electron;
      throw new Error(`host: a sandboxed preload can't require '${name}'`);
    };
    preload(require, process, module, module.exports);
  };
}
