/**
 * When a directory says that an account's contact data was last changed, by its own clocks. A directory that tells no time for single attributes tells a
 * later one: that of the entry's last change. Null if it does not tell.
 */
export interface ContactTimes {
  readonly email: number | null;
  readonly phone: number | null;
}

/** A directory that does not tell. */
export const noContactTimes: ContactTimes = { email: null, phone: null };
