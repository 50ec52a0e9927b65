import { readdirSync } from 'node:fs';
import type { MutantArea } from './mutant.ts';

const folder = new URL('rows/', import.meta.url);

/** Every area below `rows/`, sorted by its file's name. */
export async function allMutants(): Promise<readonly MutantArea[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(
    files.toSorted().map(async (name) => (await import(new URL(name, folder).href)) as { rows: MutantArea }),
  );
  return modules.map(({ rows }) => rows);
}
