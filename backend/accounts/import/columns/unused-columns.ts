import type { ImportField } from '../../../../shared/api/import-file.ts';
import { foldedWords } from '../../../text/fold.ts';
import { squash } from '../../../text/squash.ts';
import { firstInstantOf, readDate } from '../values/dates.ts';
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
  startsAt: new Set(
    'start starting starts hire hired joining joined entry begin beginn beginning debut embauche entree inicio ingreso inizio eintritt'.split(
      ' ',
    ),
  ),
  status: new Set(
    `status state zustand statut etat estado stato enabled disabled active inactive aktiv inaktiv actif activo attivo locked lockout suspended blocked gesperrt
     deaktiviert deleted terminated archived leaver`.split(/\s+/u),
  ),
  expiresAt: new Set(
    `expires expiry expiration ablauf ablaufdatum austritt austrittsdatum termination leaving resignation retirement dismissal separation departure
     until end kundigung befristung ende bis sortie depart fin baja cese hasta fino tot einde jusqu jusqua jusquau`.split(
      /\s+/u,
    ),
  ),
};

/** Names of columns whose dates in the future are about something other than the person. */
const otherDates =
  /passw|pwd|kennwort|contrasena|motdepasse|licen[cs]|lizenz|cert|zert|visa|passport|token|birth|geburt|naissance|nacimiento/u;

/** Whether a column has days in the future, as last days and first days are in any language. `now` in milliseconds. */
const hasComingDays = ({ name, values }: SampledColumn, now: number): boolean =>
  !otherDates.test(squash(name)) &&
  partOf(values, looksLikeDay) >= 0.8 &&
  values.some((value) => {
    const date = readDate(value, 'day-first');
    return date !== null && date.kind !== 'ambiguous' && (firstInstantOf(date, 'UTC') ?? 0) > now;
  });

/** Parts of joined names such as `msDS-UserAccountDisabled` or `isUserSuspended` that suggest a status. */
const statusStem =
  /^(?!.*(?:validation|marital|famil|zivil|civil|ehe|steuer|tax|citizen|immigra|visa)).*status$|(?:user|account|login|logon|signin|credential).*(?:enabled|active)|disabled|suspended|deactivated|terminated|lockedout|inactive|isactive|sperr/u;

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
 * column fills it. `now` in milliseconds.
 */
export function unusedColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, moreColumns = {} }: Columns,
  now: number,
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
      const isNamed =
        named.has(candidate) ||
        hints(candidate, sampled) ||
        (candidate === 'expiresAt' && !hints('startsAt', sampled) && hasComingDays(sampled, now));
      const isAlways = candidate === 'status' || (candidate === 'expiresAt' && isNamed);
      if (!isAlways && (columns[candidate] !== undefined || candidate === 'expiresAt')) return false;
      return isNamed || look === candidate || (candidate === 'status' && hasShutOut(sampled.values));
    });
    return field === undefined ? [] : [{ column: sampled.column, field }];
  });
}
