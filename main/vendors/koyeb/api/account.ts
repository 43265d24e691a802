import { explainCallback, explainOptions, explainSignIn } from './errors.ts';
import * as model from './models.ts';
import type { KoyebRequests } from './request.ts';

/** Sessions and the person that they belong to. */
export function accountOperations(ask: KoyebRequests) {
  return {
    /** Opens a session; sent without a bearer, as the vendor's own front end does. */
    async login(input: { email: string; password: string; organizationId?: string }) {
      const { email, password, organizationId } = input;
      const reply = await ask.json(
        {
          operation: 'login',
          method: 'POST',
          path: ['v1', 'account', 'login'],
          headers: {},
          json: { email, password, ...(organizationId ? { organization_id: organizationId } : {}) },
          explain: explainSignIn,
        },
        model.loginReply,
      );
      return reply.token;
    },

    /** The providers by which somebody can sign in; sent without a bearer. */
    async getOAuthOptions() {
      const path = ['v1', 'account', 'oauth'];
      const request = { operation: 'getOAuthOptions', method: 'GET', path, safeToRetry: true } as const;
      const query = { action: 'signin' };
      const reply = await ask.json(
        { ...request, query, headers: {}, explain: explainOptions },
        model.oauthOptionsReply,
      );
      return reply.oauth_providers;
    },

    /** Opens a session by the code with which a provider sent somebody back; sent without a bearer. */
    async oauthCallback({ state, code }: { state: string; code: string }) {
      const path = ['v1', 'account', 'oauth'];
      const request = { operation: 'oauthCallback', method: 'POST', path, json: { state, code } } as const;
      return (await ask.json({ ...request, headers: {}, explain: explainCallback }, model.loginReply)).token;
    },

    /** Ends the session of the presented token; a dead token is answered with 401. */
    logout: () => ask.empty({ operation: 'logout', method: 'DELETE', path: ['v1', 'account', 'logout'] }),

    /** A new token of the same person without an organisation. */
    async newSession() {
      const path = ['v1', 'account', 'session'];
      return (await ask.json({ operation: 'newSession', method: 'POST', path }, model.loginReply)).token;
    },

    /** A new token in place of the presented one. */
    async refreshToken() {
      const path = ['v1', 'account', 'refresh'];
      return (await ask.json({ operation: 'refreshToken', method: 'PUT', path }, model.loginReply)).token;
    },

    async getCurrentUser() {
      const path = ['v1', 'account', 'profile'];
      const request = { operation: 'getCurrentUser', method: 'GET', path, safeToRetry: true } as const;
      return (await ask.json(request, model.userReply)).user;
    },

    /** Mails a link to set a new password; the same answer for people it does not know. Deprecated by Koyeb. */
    resetPassword: (email: string) =>
      ask.empty({
        operation: 'resetPassword',
        method: 'POST',
        path: ['v1', 'account', 'reset_password'],
        headers: {},
        json: { email },
      }),

    /** Sets the password by the id out of that mail; the answer is a new session of the person. Deprecated by Koyeb. */
    async updatePassword(id: string, password: string) {
      const path = ['v1', 'account', 'update_password'];
      const request = { operation: 'updatePassword', method: 'POST', path, json: { id, password } } as const;
      return (await ask.json({ ...request, headers: {} }, model.loginReply)).token;
    },

    /** How a person signs in: KOYEB (password) or WORKOS. */
    async getLoginMethod(email: string) {
      const path = ['v1', 'account', 'login_method'];
      const request = { operation: 'getLoginMethod', method: 'GET', path, query: { email } } as const;
      return (await ask.json({ ...request, headers: {}, safeToRetry: true }, model.loginMethodReply)).method;
    },
  };
}
