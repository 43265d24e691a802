/** What Koyeb's public documents leave open, and what is assumed here. Times in ms. */

const hour = 3_600_000;

export const assumptions = {
  /** Koyeb's own front end (src/application/query-client.ts) refreshes with this much left. */
  refreshLead: 12 * hour,
  /** A refused sign-in comes with one of these; only the message tells it from other faults. */
  refusedSignInStatuses: [400, 401, 404],
  /** By the document, a provider has to send the person back within ten minutes. */
  oauthStateLife: 10 * 60_000,
  /** The providers that are offered at most, and the characters of a code that one may send back. */
  mostProviders: 20,
  longestCode: 4096,
  /** A token given up by a refresh or a switch stays valid until its own expiry. */
  replacedTokensLive: true,
  /** The largest page that the API introduction allows. */
  pageSize: 100,
  /** Pages read at most when a list is read whole. */
  mostPages: 50,
} as const;
