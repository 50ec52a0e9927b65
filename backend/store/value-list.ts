import { sql, type Kysely } from 'kysely';
import { dialectOf } from './dialect.ts';
import type { Tables } from './tables.ts';
import { jsonText } from './json-text.ts';

/** Any number of texts for an `in`, as one parameter: PostgreSQL has arrays, SQLite reads JSON. */
export const valueList = (db: Kysely<Tables>, values: readonly string[]) =>
  dialectOf(db) === 'sqlite'
    ? sql`(select value from json_each(${jsonText(values)}))`
    : sql`(select unnest(${values}::text[]))`;
