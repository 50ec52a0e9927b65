import type { z } from 'zod';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import type { Right } from '../../../shared/api/operator.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Which entry of a list is left out: the innermost one with the unknown word, or the whole row of the outermost list. */
type LeftOut = 'entry' | 'row';

/** Rights to settings, which the console sends back as it read them: what it left out would be removed at the server. */
const settingRights: ReadonlySet<Endpoint['right']> = new Set<Right>([
  'policy.read',
  'policy.change',
  'mail.configure',
  'directories.configure',
  'audit.configure',
  'operators.manage',
]);

/** Each row of a list of settings is saved on its own. */
const leftOutOf = ({ id, right }: Endpoint): LeftOut | null =>
  !settingRights.has(right) ? 'entry' : id.startsWith('list') ? 'row' : null;

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, part) =>
      typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );

/** The places of words that the schema does not know; null if anything else is wrong as well. */
function unknownWords(issues: readonly Issue[], json: unknown, base: Path = []): readonly Path[] | null {
  const found: Path[] = [];
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    if (valueAt(json, path) === undefined) return null;
    if (issue.code === 'invalid_value') {
      found.push(path);
      continue;
    }
    if (issue.code !== 'invalid_union') return null;
    const branches = issue.errors.map((errors) => unknownWords(errors, json, path));
    // Without errors of its own, no form of the union has this discriminator.
    const places = branches.length === 0 ? [path] : branches.find((branch) => branch !== null);
    if (places === undefined || places === null) return null;
    found.push(...places);
  }
  return found;
}

/** The entry of a list around a place; null if it is in no list. */
function entryAround(path: Path, leftOut: LeftOut): Path | null {
  const isIndex = (part: PropertyKey) => typeof part === 'number';
  const at = leftOut === 'entry' ? path.findLastIndex(isIndex) : path.findIndex(isIndex);
  return at < 0 ? null : path.slice(0, at + 1);
}

/** The inner entries of a list before the outer ones, and the last of a list before the first, so that no place moves before its turn. */
function fromTheEnd(one: Path, other: Path): number {
  return other.length - one.length || Number(other.at(-1)) - Number(one.at(-1));
}

function removeEntries(json: unknown, entries: readonly Path[]): void {
  const unique = new Map(entries.map((entry) => [entry.join('.'), entry]));
  for (const entry of [...unique.values()].toSorted(fromTheEnd)) {
    const list = valueAt(json, entry.slice(0, -1));
    if (Array.isArray(list)) list.splice(Number(entry.at(-1)), 1);
  }
}

/** Places without the numbers of entries, each once. */
const namesOf = (places: readonly Path[]): readonly string[] => [
  ...new Set(places.map((path) => path.filter((part) => typeof part !== 'number').join('.'))),
];

/** Where an answer has words that this console does not know; null if something else is wrong with it. */
export function placesOfUnknownWords(schema: z.ZodType, json: unknown): readonly string[] | null {
  const parsed = schema.safeParse(json);
  const places = parsed.success ? null : unknownWords(parsed.error.issues, json);
  return places === null ? null : namesOf(places);
}

/**
 * Reads an answer of a newer server without the entries of its lists that have a word which this console does not know, such as a new kind of check.
 * Null if something else is wrong, if the word is in no list, or if the console could send the answer back. `json` is changed.
 */
export function readNewerAnswer(
  endpoint: Endpoint,
  schema: z.ZodType,
  json: unknown,
): { readonly answer: unknown; readonly places: readonly string[] } | null {
  const leftOut = leftOutOf(endpoint);
  const parsed = schema.safeParse(json);
  if (parsed.success || leftOut === null) return null;
  const words = unknownWords(parsed.error.issues, json);
  const entries = words?.map((path) => entryAround(path, leftOut)) ?? [null];
  if (!entries.every((entry) => entry !== null)) return null;
  removeEntries(json, entries);
  const again = schema.safeParse(json);
  if (!again.success) return null;
  return { answer: again.data, places: namesOf(words ?? []) };
}
