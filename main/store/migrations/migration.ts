/** One step from `version - 1` to `version`; once released it is never edited. */
export interface Migration {
  version: number;
  sql: string;
}
