/* What both sides keep to; apart from the schemas, so that the window need not read these. */

/** Rows of a vendor's list that are kept; one that is as long may have been longer. */
export const mostListed = 1_000;

/** Letters that may be noted of an account. */
export const mostNotes = 4_000;

export const sidebarWidth = { least: 200, most: 480 };
