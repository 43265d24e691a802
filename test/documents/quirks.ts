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
    file: 'enhance-12.3.0.yaml',
    says: /^createAccessToken \d+: the request has (allowedIps|ipRestricted),/,
    because:
      'New in 12.21: sent where a person asks for it, and read back, so that an older panel is found out.',
  },
  {
    file: 'enhance-12.3.0.yaml',
    says: /^(GET|PUT) \/settings\/orchd\/admin-lockdown\/(status|list) \d+: no operation/,
    because: 'New in 12.21: a 404 tells that there is no lockdown.',
  },
  {
    file: 'enhance-12.3.0.yaml',
    says: /^PATCH \/orgs\/[\w-]+\/access_tokens\/[\w-]+ \d+: no operation/,
    because: 'New in 12.21: a 404 tells that the panel is older.',
  },
  ...['cyclos-4.16.18.yaml', 'cyclos-4.11.1.json'].map((file) => ({
    file,
    says: /^changePassword 422: this status/,
    because:
      'Its prose speaks of validation errors, as every operation that takes input; its list of statuses has none.',
  })),
  {
    file: 'cyclos-4.16.18.yaml',
    says: /^confirmLogin 415: this status/,
    because:
      'A test sends a body of a type that nobody reads; a server refuses it before it looks at the operation.',
  },
  {
    file: 'cyclos-4.11.1.json',
    says: /^validateSecondaryPassword 415: this status/,
    because: 'As in 4.16.',
  },
  {
    file: 'cyclos-4.11.1.json',
    says: /^GET \/sessions 404: no operation/,
    because: 'New in 4.16: a bare 404 tells that the server is older.',
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
