/** Longer than any key of a directory that is supported. */
const maxLength = 255;
/** What could lead out of a path or a query, and what a proxy may decode. */
const separators = /[/\\?#%;]/;

/**
 * Whether an entry can be known and asked for by this key. Keys are GUIDs, or in Keycloak `f:…` with the name that a user storage of one's own gives its
 * users, in any script.
 */
export const isUsableKey = (key: string): boolean =>
  key.length <= maxLength &&
  key === key.normalize('NFKC').trim() &&
  !/[\p{C}\uFFFD]/u.test(key) &&
  !separators.test(key) &&
  !/^\.*$/.test(key);
