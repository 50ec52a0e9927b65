/** The kinds of calls in which the console reads an answer of the server. */
export const attemptKinds = ['about', 'search', 'sign-in', 'live', 'download', 'upload'] as const;
export type AttemptKind = (typeof attemptKinds)[number];

export interface AttemptResult {
  readonly kind: AttemptKind;
  /** The failure's code, `answered`, or `no ConsoleFailure`. */
  readonly outcome: string;
  readonly detail: string;
  readonly milliseconds: number;
}

/** The effects of 2.5 seconds of a live stream. */
export interface FloodResult {
  /** Connections. */
  readonly opened: number;
  /** Events that reached the page, each of which causes requests. */
  readonly told: number;
  readonly notified: number;
  readonly lines: number;
  /** The longest time in milliseconds that other work in the process waited. */
  readonly longestWait: number;
}

/** A result with the growth of the process's memory in bytes. */
export type Measured<T> = T & { readonly grownBy: number };
