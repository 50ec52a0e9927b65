import type { ImportField } from '../../../../shared/api/import-file.ts';
import { foldedWords } from '../../../text/fold.ts';
import { squash } from '../../../text/squash.ts';
import { readStatus } from '../values/status.ts';
import { fieldsOfName } from './known-columns.ts';
import {
  type Columns,
  isRegion,
  lookOf,
  looksLikeDay,
  partOf,
  sample,
  type SampledColumn,
} from './propose-columns.ts';

/** Words in column names that suggest a status or an end date, whatever the rest of the name says. */
const hintingWords: Readonly<Partial<Record<ImportField, ReadonlySet<string>>>> = {
  status: new Set(
    `status state zustand statut etat estado stato enabled disabled active inactive aktiv inaktiv actif activo attivo locked lockout suspended blocked gesperrt
     deaktiviert deleted terminated archived leaver`.split(/\s+/u),
  ),
  expiresAt: new Set(
    `expires expiry expiration ablauf ablaufdatum austritt austrittsdatum termination leaving resignation retirement dismissal separation departure
     kundigung sortie depart baja cese`.split(/\s+/u),
  ),
};

/** Parts of joined names such as `msDS-UserAccountDisabled` or `isUserSuspended` that suggest a status. */
const statusStem =
  /(?:user|account|login|logon|signin|credential).*(?:enabled|active)|disabled|suspended|deactivated|terminated|lockedout|inactive|isactive|sperr/u;

/** Whether a few words repeat in a column, some of which say that a person is shut out or has left. */
const hasShutOut = (values: readonly string[]): boolean =>
  new Set(values).size <= 8 &&
  values.some((value) => {
    const read = readStatus(value, 'words') ?? [];
    return read.includes('disabled') || read.includes('locked');
  });

const hints = (field: ImportField, { name, values }: SampledColumn): boolean =>
  (foldedWords(name).some(({ word }) => hintingWords[field]?.has(word)) ||
    (field === 'status' && statusStem.test(squash(name)))) &&
  (field === 'status') !== partOf(values, looksLikeDay) >= 0.5;

/**
 * Columns that no field uses although their names or values suggest one. A status or an expiry date is always reported, contact data only if no
 * column fills it.
 */
export function unusedColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, moreColumns = {} }: Columns,
): { column: number; field: ImportField }[] {
  const used = new Set([...Object.values(columns), ...Object.values(moreColumns).flat()]);
  const all = sample(names, rows);
  return all.flatMap((sampled) => {
    if (used.has(sampled.column) || sampled.values.length === 0 || isRegion(sampled, all)) return [];
    const named = new Set(fieldsOfName(sampled.name).map(({ field }) => field));
    const look = lookOf(sampled);
    const field = (
      [
        'status',
        'startsAt',
        'expiresAt',
        'email',
        'phone',
        'employeeNumber',
        'department',
        'manager',
      ] as const
    ).find((candidate) => {
      const isNamed = named.has(candidate) || hints(candidate, sampled);
      const isAlways = candidate === 'status' || (candidate === 'expiresAt' && isNamed);
      if (!isAlways && (columns[candidate] !== undefined || candidate === 'expiresAt')) return false;
      return isNamed || look === candidate || (candidate === 'status' && hasShutOut(sampled.values));
    });
    return field === undefined ? [] : [{ column: sampled.column, field }];
  });
}
