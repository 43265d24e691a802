import { startFeed } from './feed.ts';
import { offerPrompts, openDialog, showReceipt } from './navigation.ts';
import { useStore } from './store.ts';
import type { Request } from './types.ts';

/** Connects the store with main; returns a disposer. */
export function startState(): () => void {
  const stopFeed = startFeed({
    bridge: window.gatehouse,
    read: () => useStore.getState().app,
    write: (app) => useStore.setState({ app, failure: null }),
    failed: (failure) => useStore.setState({ failure }),
    nextFrame: (run) => requestAnimationFrame(run),
  });
  const stopRequests = window.gatehouse.onRequest(follow);
  return () => {
    stopFeed();
    stopRequests();
  };
}

/** Does what main asks the window to do. */
export function follow(request: Request): void {
  switch (request.what) {
    case 'show-prompts':
      offerPrompts();
      break;
    case 'show-receipt':
      showReceipt(request.receiptId);
      break;
    case 'confirm-quit':
      openDialog({ what: 'quit', activeSessions: request.activeSessions, update: request.update ?? false });
      break;
  }
}
