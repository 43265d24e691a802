import { randomBytes } from 'node:crypto';
import type { CDPSession } from 'playwright';
import { decode, encode } from './codec.ts';
import { type Frame, Frames } from './frames.ts';
import { isolatedWorld, mainWorld, makeCrossing } from './page-side.ts';
import { noteTraffic } from './traffic.ts';

const world = 'gatehouse-preload';

/** What the page's side sends: an IPC message, or word of what happens in the page. */
export interface FromPage {
  kind: 'invoke' | 'send' | 'open' | 'active' | 'surroundings' | 'focus' | 'input';
  id?: number;
  channel?: string;
  args?: unknown[];
  value?: unknown;
}

export interface BridgeOptions {
  preload: string | null;
  inSubFrames: boolean;
  onMessage(message: FromPage, frame: Frame, reply: (message: object) => void): void;
  onTop(url: string): void;
}

/**
 * The line between main and a page. The preload runs in an isolated world of its own; the raw line exists only there,
 * so no script of the page can reach it.
 */
export class Bridge {
  readonly frames: Frames;
  private cdp: CDPSession;
  private options: BridgeOptions;
  /** Execution contexts of the isolated world, by id. */
  private contexts = new Map<number, string>();
  private mainFrameId = '';
  private mainContext: number | undefined;
  private queues = new Map<number, string[]>();
  private early: string[] = [];

  constructor(cdp: CDPSession, options: BridgeOptions) {
    this.cdp = cdp;
    this.options = options;
    this.frames = new Frames(cdp, options.onTop);
  }

  async start(): Promise<void> {
    const { cdp } = this;
    const { frameTree } = await cdp.send('Page.getFrameTree');
    this.mainFrameId = frameTree.frame.id;
    this.frames.note(this.mainFrameId, undefined);
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const frameId = (context.auxData as { frameId?: string } | undefined)?.frameId;
      if (context.name !== world || !frameId) return;
      this.contexts.set(context.id, frameId);
      if (frameId !== this.mainFrameId) return;
      this.mainContext = context.id;
      for (const text of this.early.splice(0)) this.post(context.id, text);
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.forget(executionContextId));
    cdp.on('Runtime.executionContextsCleared', () => {
      for (const id of [...this.contexts.keys()]) this.forget(id);
    });
    cdp.on('Runtime.bindingCalled', (event) => this.receive(event.payload, event.executionContextId));
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Runtime.addBinding', { name: 'gatehouseSend', executionContextName: world }),
      ...this.scripts().map((script) => cdp.send('Page.addScriptToEvaluateOnNewDocument', script)),
    ]);
  }

  get mainFrame(): Frame {
    return this.frames.get(this.mainFrameId)!;
  }

  /** Sends to the page's main frame, batched; kept until its preload runs. */
  send(channel: string, args: unknown[]): void {
    const text = encode({ channel, args });
    noteTraffic('to page', text);
    this.postMain(text);
  }

  /** Puts a text on the system's clipboard by way of the page. */
  copy(text: string): void {
    this.postMain(encode({ copy: text }));
  }

  private postMain(text: string): void {
    if (this.mainContext === undefined) this.early.push(text);
    else this.post(this.mainContext, text);
  }

  private post(context: number, text: string): void {
    const queue = this.queues.get(context);
    if (queue) queue.push(text);
    else {
      this.queues.set(context, [text]);
      setImmediate(() => this.flush(context));
    }
  }

  private flush(context: number): void {
    const texts = this.queues.get(context);
    this.queues.delete(context);
    if (!texts || !this.contexts.has(context)) return;
    this.cdp
      .send('Runtime.callFunctionOn', {
        executionContextId: context,
        functionDeclaration: '(texts) => globalThis.gatehouseReceive(texts)',
        arguments: [{ value: texts }],
        userGesture: true,
      })
      .catch(() => this.forget(context));
  }

  private receive(payload: string, context: number): void {
    const frameId = this.contexts.get(context);
    const frame = frameId ? this.frames.get(frameId) : undefined;
    if (!frame) return;
    const message = decode(payload) as FromPage;
    if (message.kind === 'invoke' || message.kind === 'send') {
      if (frame.parent && !this.options.inSubFrames) return;
      noteTraffic('from page', payload);
    }
    this.options.onMessage(message, frame, (answer) => {
      const text = encode(answer);
      noteTraffic('to page', text);
      this.post(context, text);
    });
  }

  private forget(context: number): void {
    this.contexts.delete(context);
    this.queues.delete(context);
    if (this.mainContext === context) this.mainContext = undefined;
  }

  private scripts(): { source: string; worldName?: string }[] {
    const secret = randomBytes(16).toString('hex');
    const crossing = (side: string, other: string) => `(${makeCrossing})('${secret}', '${side}', '${other}')`;
    const mayLoad = this.options.inSubFrames ? 'true' : 'window === window.top';
    const versions = JSON.stringify({ node: process.versions.node, platform: process.platform });
    const tools = `{ encode: (${encode}), decode: (${decode}) }`;
    const preload = this.options.preload ?? '';
    return [
      { source: `(${mainWorld})(${crossing('page', 'preload')}, ${mayLoad});` },
      {
        worldName: world,
        source: `{ const run = (${isolatedWorld})(${crossing('preload', 'page')}, ${tools}, ${versions});
if (${mayLoad}) run(function (require, process, module, exports) {${preload}
}); }`,
      },
    ];
  }
}
