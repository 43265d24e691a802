/** Plain data that survives JSON; sealed in the vault while it is at rest. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
