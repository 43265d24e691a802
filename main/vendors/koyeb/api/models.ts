import { z } from 'zod';
import { cappedArrayOrEmpty, optional, timestamp } from '../../kit/schema.ts';
import { assumptions } from '../assumptions.ts';

/** Shapes of the vendor's OpenAPI document (openapi.json, "Koyeb Rest API" 1.0.0), which marks no field as required. */

const text = optional(z.string());
const flag = optional(z.boolean());
const count = optional(z.number());

/** `id` is itself the bearer token. */
const token = z.object({
  id: z
    .string()
    .min(1)
    .max(16 * 1024),
  user_id: text,
  organization_id: text,
  expires_at: timestamp,
});
export const loginReply = z.object({ token });
export type Token = z.infer<typeof token>;

/** `url` is where the sign-in begins, `state` what it has to come back with. */
const oauthProvider = z.object({ id: text, url: text, state: text });
export const oauthOptionsReply = z.object({
  oauth_providers: cappedArrayOrEmpty(oauthProvider, assumptions.mostProviders),
});

const user = z.object({
  id: text,
  email: text,
  name: text,
  two_factor_authentication: flag,
  last_login: timestamp,
  last_login_ip: text,
  created_at: timestamp,
  email_validated: flag,
  flags: cappedArrayOrEmpty(z.string()),
});
export const userReply = z.object({ user });
export type User = z.infer<typeof user>;

const organization = z.object({
  id: z.string(),
  external_id: text,
  name: text,
  plan: text,
  status: text,
  status_message: text,
  deactivation_reason: text,
  verified: flag,
  trialing: flag,
  trial_ends_at: timestamp,
  default_project_id: text,
});
export type Organization = z.infer<typeof organization>;
export const organizationReply = z.object({ organization });
export const organizationsReply = z.object({
  /** One without an id can't be named to Koyeb; it is left out, and the others stay. */
  organizations: cappedArrayOrEmpty(z.object({ ...organization.shape, id: text })).transform((rows) =>
    rows.flatMap(({ id, ...row }) => (id ? [{ id, ...row }] : [])),
  ),
  limit: count,
  offset: count,
  has_next: flag,
});

const member = z.object({
  id: text,
  organization_id: text,
  user_id: text,
  joined_at: timestamp,
  role: text,
  status: text,
  user: optional(z.object({ id: text, email: text, name: text })),
  organization: optional(z.object({ id: text, name: text, plan: text, status: text })),
});
export const membersReply = z.object({
  members: cappedArrayOrEmpty(member),
  limit: count,
  offset: count,
  count,
});

const invitation = z.object({
  id: text,
  email: text,
  status: text,
  expires_at: timestamp,
  inviter: optional(z.object({ email: text, name: text })),
});
export type Invitation = z.infer<typeof invitation>;
export const invitationReply = z.object({ invitation: optional(invitation) });
export const invitationsReply = z.object({
  invitations: cappedArrayOrEmpty(invitation),
  limit: count,
  offset: count,
  count,
});

/** `token` is filled only in the answer to its creation. */
const credential = z.object({
  id: text,
  type: text,
  name: text,
  token: text,
  description: text,
  user_id: text,
  organization_id: text,
  created_at: timestamp,
  updated_at: timestamp,
  expires_at: timestamp,
});
export const credentialReply = z.object({ credential });
export const credentialsReply = z.object({
  credentials: cappedArrayOrEmpty(credential),
  limit: count,
  offset: count,
  count,
});

export const accessTokenReply = z.object({ token: z.string().min(1) });
export const loginMethodReply = z.object({ method: text });
