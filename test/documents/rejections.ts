/** Answers that a document allows and a client still can't go on from. */
export const rejections: { says: RegExp; because: string }[] = [];

/** Refusals that mean the same to a person as another one of the operation, or that are no failure. */
export const shared: { name: string; because: string }[] = [];
