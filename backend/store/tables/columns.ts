/** Milliseconds since 1970, UTC. */
export type Instant = number;
/** 0 or 1: SQLite has no booleans, and one store speaks to both databases. */
export type Flag = 0 | 1;
