/** The User-Agent of one session's requests; a vendor that lists sessions shows it, and that is how ours are told. */
export function userAgentFor(version: string, installId: string, sessionId: string): string {
  return `Gatehouse/${version} (${installId}; ${sessionId})`;
}

/** What a User-Agent made by `userAgentFor` says; null for every other one. */
export function parseSessionTag(
  userAgent: string,
): { version: string; installId: string; sessionId: string } | null {
  const parts = /^Gatehouse\/(\S+) \(([^;()]+); ([^;()]+)\)$/.exec(userAgent);
  return parts ? { version: parts[1]!, installId: parts[2]!, sessionId: parts[3]! } : null;
}

/** The session id in a User-Agent if the session was opened by this installation; else null. */
export function readSessionTag(userAgent: string, installId: string): string | null {
  const mark = parseSessionTag(userAgent);
  return mark?.installId === installId ? mark.sessionId : null;
}
