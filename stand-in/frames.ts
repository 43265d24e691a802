import type { CDPSession } from 'playwright';
import { toAppUrl } from './scheme.ts';

/** A page's frame as main sees it (Electron's WebFrameMain, the part that is used). */
export interface Frame {
  readonly url: string;
  readonly origin: string;
  readonly parent: Frame | null;
  readonly top: Frame;
  readonly routingId: number;
  readonly processId: number;
  readonly frameTreeNodeId: number;
  readonly detached: boolean;
}

interface Known {
  frame: Frame;
  url: string;
  securityOrigin: string;
  parentId: string | undefined;
  gone: boolean;
}

/** Follows a page's frames through the debugging protocol, so that a sender's address is the browser's word. */
export class Frames {
  private known = new Map<string, Known>();
  private count = 0;

  constructor(cdp: CDPSession, onTop: (url: string) => void) {
    cdp.on('Page.frameAttached', (event) => this.note(event.frameId, event.parentFrameId));
    cdp.on('Page.frameNavigated', ({ frame }) => {
      const known = this.note(frame.id, frame.parentId);
      known.url = frame.url + (frame.urlFragment ?? '');
      known.securityOrigin = frame.securityOrigin;
      if (!frame.parentId) onTop(known.url);
    });
    cdp.on('Page.navigatedWithinDocument', (event) => {
      const known = this.known.get(event.frameId);
      if (known) known.url = event.url;
    });
    cdp.on('Page.frameDetached', (event) => {
      const known = this.known.get(event.frameId);
      if (known && event.reason === 'remove') {
        known.gone = true;
        this.known.delete(event.frameId);
      }
    });
  }

  get(id: string): Frame | undefined {
    return this.known.get(id)?.frame;
  }

  note(id: string, parentId: string | undefined): Known {
    const found = this.known.get(id);
    if (found) return found;
    const parent = parentId ? this.known.get(parentId)?.frame : undefined;
    const routingId = ++this.count;
    const known: Known = { url: '', securityOrigin: '', parentId, gone: false, frame: {} as Frame };
    known.frame = {
      get url() {
        return toAppUrl(known.url);
      },
      get origin() {
        const url = toAppUrl(known.securityOrigin || known.url);
        return url.replace(/^([a-z-]+:\/\/[^/]*).*$/, '$1');
      },
      parent: parent ?? null,
      get top() {
        return parent?.top ?? known.frame;
      },
      routingId,
      processId: 1,
      frameTreeNodeId: routingId,
      get detached() {
        return known.gone;
      },
    };
    this.known.set(id, known);
    return known;
  }
}
