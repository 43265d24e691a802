/** Answers that a document allows and a client still can't go on from: "method: sentence". */
export const rejections: { says: RegExp; because: string }[] = [
  {
    says: /^getOrgMemberLogin: .+ the answer itself has an unexpected value\.$/,
    because: 'Enhance says only that the link is a text; one that is no address can’t be opened.',
  },
  {
    says: /^(login|oauthCallback|newSession|refreshToken|switchOrganization|unscopeOrganizationToken|updatePassword): .+ “token(\.id)?” (is missing|has an unexpected value)\.$/,
    because: 'Koyeb’s document requires no field at all; without the token there is no session to act in.',
  },
  {
    says: /^createAccessToken: .+ “token” (is missing|has an unexpected value)\.$/,
    because: 'As above: the token is what was asked for.',
  },
  {
    says: /^(createCredential: .+ “credential”|getCurrentUser: .+ “user”|getCurrentOrganization: .+ “organization(\.id)?”) is missing\.$/,
    because: 'As above: the answer has nothing of what was asked for.',
  },
  {
    says: /^identity\.subscribeForPushNotifications: /,
    because:
      'Cyclos’s document lists 203 there to show what is sent as events, and says that it is never answered; that of 4.11, which is not asked, calls the stream JSON.',
  },
];

/** Refusals that are no failure, as "method status". */
export const noFailures: { name: RegExp; because: string }[] = [
  {
    name: /^get(OrchdLoginPolicy|AdminLockdown)\w+ 404$/,
    because: 'Enhance answers 404 while nothing was ever set.',
  },
];
