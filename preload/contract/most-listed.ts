/** Rows of a vendor's list that are kept; one that is as long may have been longer. */
export const mostListed = 1_000;
