/** Milliseconds since 1970 (UTC). */
export type Instant = number;
/** 0 or 1 on both databases, since SQLite has no booleans. */
export type Flag = 0 | 1;
