/** What a record holds under a name that a vendor or a file chose; "constructor" is nothing unless it was put there. */
export const ownValue = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
