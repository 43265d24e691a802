import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { Bridge } from './bridge.ts';
import type { Frame } from './frames.ts';
import { offerWhileAlive } from './offer.ts';
import { sessionFor } from './session.ts';

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

type Offered = Pick<
  Electron.WebContents,
  | 'send'
  | 'setWindowOpenHandler'
  | 'getURL'
  | 'isDestroyed'
  | 'loadURL'
  | 'executeJavaScript'
  | 'isLoading'
  | 'reload'
  | 'forcefullyCrashRenderer'
  | 'id'
  | 'isFocused'
  | 'setZoomFactor'
  | 'setAudioMuted'
  | 'setWebRTCIPHandlingPolicy'
>;

/** What the window does for its contents. */
export interface ContentsOwner {
  bridge(): Bridge | undefined;
  load(url: string): Promise<void>;
  evaluate(code: string, userGesture: boolean): Promise<unknown>;
  reload(): void;
  /** Lets the page die as a fault would. */
  crash(): void;
  isDestroyed(): boolean;
  isFocused(): boolean;
  /** The person closed a window that main keeps; in Electron its page would be there still. */
  isAside(): boolean;
  waitingSends: [string, unknown[]][];
}

let count = 0;
const gone: Frame = {
  url: '',
  origin: '',
  parent: null,
  get top() {
    return gone;
  },
  routingId: 0,
  processId: 0,
  frameTreeNodeId: 0,
  detached: true,
};

export class Contents extends EventEmitter implements Offered {
  readonly id = ++count;
  readonly session: object;
  private owner: ContentsOwner;
  private openHandler: WindowOpenHandler | undefined;
  private loading = false;
  /** Chromium's windows begin with it. */
  webRtcPolicy = 'default';

  constructor(owner: ContentsOwner, partition: string) {
    super();
    this.owner = owner;
    this.session = sessionFor(partition);
    this.on('did-start-loading', () => {
      this.loading = true;
    });
    this.on('did-finish-load', () => {
      this.loading = false;
    });
  }

  get mainFrame(): Electron.WebFrameMain {
    return (this.owner.bridge()?.mainFrame ?? gone) as unknown as Electron.WebFrameMain;
  }

  send(channel: string, ...args: unknown[]): void {
    const bridge = this.owner.bridge();
    if (bridge) bridge.send(channel, args);
    else if (this.owner.isAside()) this.owner.waitingSends.push([channel, args]);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler;
  }

  /** A page wanted to open a window. Main's handler hears of it; the host opens none. */
  wantsWindow(url: string): void {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    };
    const answer = this.openHandler?.(details as Electron.HandlerDetails);
    if (answer?.action === 'allow') console.error('host: a page may not open windows in the stand-in host');
  }

  getURL(): string {
    return this.mainFrame.url;
  }
  loadURL(url: string): Promise<void> {
    return this.owner.load(url);
  }
  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.owner.evaluate(code, userGesture);
  }
  reload(): void {
    this.owner.reload();
  }
  forcefullyCrashRenderer(): void {
    this.owner.crash();
  }
  isLoading = (): boolean => this.loading;
  isDestroyed(): boolean {
    return this.owner.isDestroyed();
  }
  isFocused(): boolean {
    return this.owner.isFocused();
  }
  setZoomFactor(): void {}
  /** A window that counts as hidden is minimised here, and goes on sounding. */
  setAudioMuted(): void {}
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }
}

export const makeContents = (owner: ContentsOwner, partition: string): Contents =>
  offerWhileAlive('webContents', new Contents(owner, partition));
