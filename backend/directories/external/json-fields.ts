/** An object of a JSON answer, before it is known what it holds. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (json: unknown): Fields =>
  typeof json === 'object' && json !== null ? (json as Fields) : {};

export const listOf = (json: unknown): readonly Fields[] => (Array.isArray(json) ? json.map(fieldsOf) : []);

/** Null for what is no text, and for an empty one. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
