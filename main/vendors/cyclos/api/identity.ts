import type { EventsHeard } from '#http/types.ts';
import * as model from './models.ts';
import type { CyclosRequests } from './request.ts';

/** Signing in by an identity provider; 4.16, as a guest. */
export function identityOperations(ask: CyclosRequests) {
  return {
    /** By id or internal name. Returns the address that a browser window has to open, and the request's id. */
    prepareIdentityProviderLogin: (provider: string) =>
      ask.json(
        {
          operation: 'prepareIdentityProviderLogin',
          newIn416: true,
          method: 'POST',
          path: ['identity-providers', provider, 'login'],
        },
        model.identityRequest,
      ),

    /**
     * Follows what Cyclos tells of such a request until the stream ends. A later stream of the same client id begins with what was
     * missed since the former one.
     */
    subscribeForPushNotifications: (
      { clientId, requestId, signal }: { clientId: string; requestId: string; signal?: AbortSignal },
      heard: EventsHeard,
    ) =>
      ask.follow(
        {
          operation: 'subscribeForPushNotifications',
          newIn416: true,
          path: ['push', 'subscribe'],
          query: { clientId, kinds: 'identityProviderCallback', identityProviderRequestId: requestId },
          ...(signal ? { signal } : {}),
        },
        heard,
      ),

    /** Takes the place of a session whose token came another way. Returns the new token; the old one is over. */
    async replaceSession(sessionToken: string): Promise<string> {
      const token = await ask.text({
        operation: 'replaceSession',
        newIn416: true,
        method: 'POST',
        path: ['auth', 'session', 'replace', sessionToken],
      });
      return token.trim();
    },
  };
}
