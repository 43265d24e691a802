import type { BrowserContext, Page, Route } from 'playwright';
import { serve, toAppUrl } from './scheme.ts';
import { askBefore, changeHeaders, changeSentHeaders } from './session.ts';

export interface NavigationGuard {
  /** True when main itself asked for this address. */
  isExpected(pageUrl: string): boolean;
  /** Asks main's will-navigate; false keeps the page where it is. */
  mayNavigate(appUrl: string): boolean;
}

/** Puts every request of a window through: main's will-navigate, the app scheme, main's webRequest, then the network. */
export async function routeRequests(
  context: BrowserContext,
  page: Page,
  partition: string,
  guard: NavigationGuard,
): Promise<void> {
  await context.route('**/*', async (route) => {
    try {
      await answer(route, page, partition, guard);
    } catch (error) {
      if (page.isClosed()) return;
      // The message may quote the request with its headers.
      console.error(
        `host: a request failed: ${/\b(ERR_\w+|E[A-Z]{4,})\b/.exec(String(error))?.[1] ?? 'unknown'}`,
      );
      await route.abort('failed').catch(() => {});
    }
  });
}

async function answer(route: Route, page: Page, partition: string, guard: NavigationGuard): Promise<void> {
  const request = route.request();
  const url = request.url();
  if (request.isNavigationRequest()) {
    const frame = request.frame();
    if (frame.page() !== page) return route.abort('aborted');
    const top = frame === page.mainFrame();
    // net::ERR_ABORTED leaves the page as it is, without an error page.
    if (top && !guard.isExpected(url) && !guard.mayNavigate(toAppUrl(url))) return route.abort('aborted');
  }
  const verdict = await askBefore(partition, {
    url,
    method: request.method(),
    resourceType: request.resourceType(),
  });
  if (verdict.cancel) return route.abort('blockedbyclient');
  const served = await serve({
    url,
    method: request.method(),
    headers: await request.allHeaders(),
    body: request.postDataBuffer(),
  });
  if (!served) {
    const sent = await changeSentHeaders(partition, url, await request.allHeaders());
    if (!sent) return route.continue();
    // A redirect must not carry the headers to another origin, as those of `continue` would be.
    return route.fulfill({ response: await route.fetch({ headers: sent, maxRedirects: 0 }) });
  }
  const headers = await changeHeaders(partition, url, served.status, served.headers);
  return route.fulfill({ status: served.status, headers, body: served.body });
}
