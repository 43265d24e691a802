/** What a document leaves out or says by mistake, and what a test sends on purpose. Nothing else is excused. */
interface Quirk {
  file: string;
  /** What `hold` says of it. */
  says: RegExp;
  because: string;
}

export const quirks: Quirk[] = [
  {
    file: 'enhance-12.21.3.yaml',
    says: /^\w+ 4\d\d: the answer has a body, and the document has none$/,
    because:
      'It declares no body for a refusal, and its HttpError is used by none; real panels explain themselves.',
  },
  {
    file: 'enhance-12.21.3.yaml',
    says: /^createSession 429: this status/,
    because:
      'It has a login policy that blocks, and no status for who is blocked; 429 is one of the three assumed.',
  },
  {
    file: 'enhance-12.21.3.yaml',
    says: /^getLogins 400: this status/,
    because: 'It names the only values of sortBy, and no status for another; a test sends one.',
  },
  {
    file: 'enhance-12.21.3.yaml',
    says: /^setCustomerLoginPassword 404: request \/path\/login_id must match/,
    because: 'A test asks for an id that is none, to see that it stays one segment of the path.',
  },
  {
    file: 'enhance-12.3.0.yaml',
    says: /^setCustomerLoginPassword 404: request \/path\/login_id must match/,
    because: 'As in 12.21.3.',
  },
  {
    file: 'enhance-12.3.0.yaml',
    says: /^createAccessToken \d+: the request has (allowedIps|ipRestricted),/,
    because:
      'New in 12.21: sent where a person asks for it, and read back, so that an older panel is found out.',
  },
  {
    file: 'nextauth-2.2.json',
    says: /^\w+ (400|401|403|404): this status/,
    because:
      'It declares 403 and 404 here and there, and nothing for a bad key, role or nonce; all are assumed.',
  },
  {
    file: 'nextauth-2.2.json',
    says: /^\w+ 40[34]: the answer has a body, and the document has none$/,
    because: 'It declares no body for a refusal; a plain sentence is assumed.',
  },
];
