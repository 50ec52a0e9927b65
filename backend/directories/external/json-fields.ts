/** An object of a JSON answer before its fields are checked. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (json: unknown): Fields =>
  typeof json === 'object' && json !== null ? (json as Fields) : {};

export const listOf = (json: unknown): readonly Fields[] => (Array.isArray(json) ? json.map(fieldsOf) : []);

/** Null for an empty text and any value that is not a text. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
