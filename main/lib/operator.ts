import { hostname, userInfo } from 'node:os';

/** Who uses this computer by its operating system, and its name; null for what the system can't tell. */
export function operatorHere(): { user: string | null; machine: string | null } {
  return { user: userHere(), machine: hostname() || null };
}

function userHere(): string | null {
  try {
    return userInfo().username;
  } catch {
    // An account that no user database knows (a container, a directory that can't be reached) has no name.
    return null;
  }
}
