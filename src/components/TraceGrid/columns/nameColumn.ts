/** The id under which the store keeps the width of the name column; no column of a host is called so by chance. */
export const NAME_WIDTH = ':name';
