import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PROVIDERS, providerView, redeem } from './oauth.ts';
import type { KoyebState } from './state.ts';

const options = z.object({
  action: z.enum(['signin', 'signup', 'register']).default('signin'),
  metadata: z.string().max(400).optional(),
});
const callback = z.object({
  state: z.string().min(1),
  code: z.string().min(1),
  setup_action: z.string().optional(),
  installation_id: z.string().optional(),
});

/** Signing in by a provider. */
export function addOAuthRoutes(api: FastifyInstance, state: KoyebState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.get('/v1/account/oauth', on('getOAuthOptions'), async (request) => {
    const { action, metadata } = options.parse(request.query);
    return { oauth_providers: PROVIDERS.map((id) => providerView(state, request, id, action, metadata)) };
  });

  api.post('/v1/account/oauth', on('oauthCallback'), async (request) =>
    redeem(state, callback.parse(request.body), request),
  );
}
