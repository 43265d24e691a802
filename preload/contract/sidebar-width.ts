/** px between which the sidebar's width can be chosen. */
export const sidebarWidth = { least: 200, most: 480 };
