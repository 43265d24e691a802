export type OAuthProviderId = 'github' | 'google';
export type OAuthAction = 'signin' | 'signup' | 'register';

export interface OAuthState {
  provider: OAuthProviderId;
  action: OAuthAction;
  until: number;
}

export interface OAuthCode {
  provider: OAuthProviderId;
  email: string;
}

export interface User {
  id: string;
  name: string;
  email: string;
  password: string;
  method: 'KOYEB' | 'WORKOS';
  /** Who signs this person in, too. */
  providers: OAuthProviderId[];
  locked: boolean;
  validated: boolean;
  flags: string[];
  createdAt: number;
  updatedAt: number;
  lastLogin: number | null;
  lastLoginIp: string | null;
}

export interface Organization {
  id: string;
  name: string;
  plan: string;
  status: 'WARNING' | 'LOCKED' | 'ACTIVE' | 'DEACTIVATING' | 'DEACTIVATED' | 'DELETING' | 'DELETED';
  statusMessage: string;
  deactivationReason: string;
  trialing: boolean;
}

export interface Member {
  id: string;
  organizationId: string;
  userId: string;
  joinedAt: number;
  status: 'ACTIVE' | 'DELETED';
}

export interface Invitation {
  id: string;
  email: string;
  status: 'PENDING' | 'ACCEPTED' | 'REFUSED' | 'EXPIRED';
  organizationId: string;
  inviterId: string;
  expiresAt: number;
}

/** A bearer token that the server gave out at sign-in, refresh, switch, or as an organisation access token. */
export interface Token {
  /** The server's own number for it (the JWT's `jti`); not the secret. */
  id: string;
  bearer: string;
  userId: string;
  /** Null for a token without an organisation. */
  organizationId: string | null;
  kind: 'session' | 'access';
  userAgent: string | null;
  createdAt: number;
  expiresAt: number;
}

export interface Credential {
  id: string;
  type: 'USER' | 'ORGANIZATION';
  name: string;
  description: string;
  bearer: string;
  userId: string;
  organizationId: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface Activity {
  id: string;
  userId: string;
  organizationId: string | null;
  verb: string;
  object: { id: string; name: string; type: string };
  createdAt: number;
}
