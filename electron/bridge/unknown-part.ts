/** Maps, dates and the like come through the structured clone as well, and would pass for objects without keys. */
const plainPrototypes: ReadonlySet<unknown> = new Set([Object.prototype, Array.prototype, null]);

/**
 * The dotted path of the first part of an argument that its schema does not declare; null if there is none. Zod drops unknown keys at any level, so they
 * are what the parsed argument lacks. An object that is not a plain one is unknown as a whole.
 */
export function unknownPart(given: unknown, parsed: unknown, path: readonly string[] = []): string | null {
  if (typeof given !== 'object' || given === null || typeof parsed !== 'object' || parsed === null)
    return null;
  if (!plainPrototypes.has(Object.getPrototypeOf(given))) return path.join('.');
  for (const [key, value] of Object.entries(given)) {
    const here = [...path, key];
    if (!Object.hasOwn(parsed, key)) {
      if (value !== undefined) return here.join('.');
      continue;
    }
    const deeper = unknownPart(value, (parsed as Record<string, unknown>)[key], here);
    if (deeper !== null) return deeper;
  }
  return null;
}
