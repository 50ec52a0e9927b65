/** The versions of the API that a side speaks. */
export interface ApiRange {
  readonly oldest: number;
  readonly newest: number;
}

/** Why a console cannot work with a server; null if both speak a version. */
export function apiMisfit(server: ApiRange, console: ApiRange): 'server.too-new' | 'server.too-old' | null {
  if (server.oldest > console.newest) return 'server.too-new';
  return server.newest < console.oldest ? 'server.too-old' : null;
}
