import type { ImportField, ImportMapping } from '../../shared/api/import.ts';

/** Fields without a column that an import needs: a user name, and a name whole or in its two parts. */
export function neededFields({ columns }: ImportMapping): ImportField[] {
  const named =
    columns.displayName !== undefined || columns.givenName !== undefined || columns.familyName !== undefined;
  const needed: ImportField[] = [];
  if (columns.userName === undefined) needed.push('userName');
  if (!named) needed.push('displayName');
  return needed;
}

/** The mapping with one column filling another field, or none; a field has one column at most. */
export function withColumn(mapping: ImportMapping, column: number, field: ImportField | null): ImportMapping {
  const columns = Object.fromEntries(
    Object.entries(mapping.columns).filter(([name, at]) => at !== column && name !== field),
  );
  return { ...mapping, columns: field === null ? columns : { ...columns, [field]: column } };
}
