/**
 * The JSON text of values that a statement takes apart. Halves of a character and NUL become replacement characters: SQLite would store a half as
 * bytes that are no text, which its driver cannot read without ending the process, and PostgreSQL would refuse the statement with all its rows.
 */
export function jsonText(value: unknown): string {
  return withoutHalves(JSON.stringify(value));
}

/** {@link jsonText} for a text that is JSON already. */
export const withoutHalves = (json: string): string =>
  json.includes(String.raw`\u`)
    ? json.replaceAll(/\\(u0000|ud[89a-f][\da-f]{2}|.)/gs, (escape, escaped: string) =>
        escaped.length > 1 ? '\uFFFD' : escape,
      )
    : json;
