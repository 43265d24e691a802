/** What Cyclos's public documents leave open, and what is assumed here. Times in ms. */
export const assumptions = {
  /** Without this channel the server may take the call for one of its stateless web services (401 invalidChannelUsage). */
  channel: 'main',
  /** Tries every identification method; the vendor's own front end sends it. */
  anyPrincipalType: '*',
  /** How long a half-made sign-in stays answerable is not stated. */
  promptLife: 10 * 60_000,
  /** Ours: a server may begin the stream of its pushes only when there is something to say. */
  pushOpens: 3_000,
  /** Ours: until a push stream that broke is asked for again; Cyclos keeps what was missed for a few minutes. */
  pushRetry: 1_000,
  /** Ours: how long a sign-in that came of an identity provider's page is waited for after the page has gone. */
  callbackGrace: 3_000,
  /** Ours: how often it is asked whether a trusted device has approved. */
  approvalPoll: 2_000,
  /** Ours, where the server does not say it (4.11), so that nobody has ten codes sent at once. */
  sendAgainPause: 30_000,
  /** Servers that state no expiry (4.11) renew at each use; the interval is not told, so this is well under the usual ones. */
  keepAliveEvery: 4 * 60_000,
  /** A code's length where the server states none. */
  codeLength: 6,
  /** Rows of a page, and pages read at most, when a session list is read whole. */
  pageSize: 40,
  mostPages: 25,
} as const;
