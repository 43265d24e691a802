/** Who asks. */
export interface Keys {
  /** Selects the role that calls. */
  apiKey: string;
  /** A role to act as; needs the global permission root or setrid. */
  roleId?: string;
}

export function keyHeaders({ apiKey, roleId }: Keys): Record<string, string> {
  return { 'x-apikey': apiKey, ...(roleId ? { 'x-su': roleId } : {}) };
}
