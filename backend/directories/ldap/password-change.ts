/** Milliseconds by which a server may date a new password later than the change of its entry. */
const laterMs = 2000;
/**
 * Milliseconds by which it may date it earlier: OpenLDAP dates the password first and hashes it before it dates the change, and in 389 Directory Server, a
 * second write demands a new password.
 */
const earlierMs = 5000;

/** Whether an entry was changed last when its password was set. Both dates have whole seconds and are taken at different moments. */
export const isChangeOfPassword = (passwordSetAt: number, modifiedAt: number): boolean =>
  modifiedAt >= passwordSetAt - laterMs && modifiedAt <= passwordSetAt + earlierMs;
