import { parse } from 'csv-parse/sync';
import {
  delimiters,
  type ImportField,
  type ImportMapping,
  type ImportPreview,
} from '../../../shared/api/import.ts';
import { Refusal } from '../../refusal.ts';
import { foldedWords } from '../../text/fold.ts';

/** Column names in exports of directories and personnel systems, folded and with words joined. */
const synonyms: Readonly<Record<ImportField, readonly string[]>> = {
  userName:
    'username user login loginname logonname samaccountname uid account accountname userprincipalname benutzername benutzer anmeldename kennung'.split(
      ' ',
    ),
  displayName: 'displayname name fullname cn commonname anzeigename vollername'.split(' '),
  givenName: 'givenname firstname vorname forename'.split(' '),
  familyName: 'familyname lastname surname sn nachname familienname'.split(' '),
  email: 'email mail emailaddress mailaddress emailadresse mailadresse'.split(' '),
  phone:
    'phone phonenumber telephone telephonenumber mobile telefon telefonnummer rufnummer handy mobil'.split(
      ' ',
    ),
  employeeNumber:
    'employeenumber employeeid personnelnumber staffnumber personalnummer mitarbeiternummer personalnr'.split(
      ' ',
    ),
  department: 'department dept division abteilung bereich'.split(' '),
  manager: 'manager supervisor vorgesetzter vorgesetzte fuhrungskraft'.split(' '),
  tier: 'tier protection schutzstufe stufe'.split(' '),
  status: 'status state zustand'.split(' '),
  expiresAt: 'expiresat expires expiry accountexpires validuntil ablauf ablaufdatum gultigbis'.split(' '),
  id: 'id accountid objectguid guid objectid externalid'.split(' '),
  localPassword: 'localpassword haslocalpassword lokalespasswort lokaleskennwort'.split(' '),
};

/** Guesses a file's encoding from its head: byte order mark, UTF-16's zero bytes, valid UTF-8, or else Windows-1252. */
export function recogniseEncoding(head: Buffer, whole: boolean): ImportMapping['encoding'] {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) {
    throw new Refusal('import.encoding', { detail: 'The file is UTF-16 with big-endian bytes' });
  }
  const sample = head.subarray(0, 4096);
  const zeros = sample.filter((byte, at) => at % 2 === 1 && byte === 0).length;
  if (zeros > sample.length / 4) return 'utf-16le';
  try {
    // The head may end in the middle of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The most frequent delimiter outside quotes in the first line. */
function recogniseDelimiter(text: string): ImportMapping['delimiter'] {
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/u.exec(text)?.[0] ?? '').replaceAll(/"(?:[^"]|"")*"/gu, '');
  const counts = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.delimiter ?? ',';
}

/** Proposes a column for each field by the names in the first line. */
export function proposeColumns(names: readonly string[]): ImportMapping['columns'] {
  const folded = names.map((name) =>
    foldedWords(name)
      .map(({ word }) => word)
      .join(''),
  );
  const columns: ImportMapping['columns'] = {};
  for (const [field, known] of Object.entries(synonyms) as [ImportField, readonly string[]][]) {
    const best = known.find((name) => folded.includes(name));
    if (best !== undefined) columns[field] = folded.indexOf(best);
  }
  return columns;
}

/** Required fields without a column. */
export function missingFields(columns: ImportMapping['columns']): ImportField[] {
  const missing: ImportField[] = [];
  if (columns.userName === undefined) missing.push('userName');
  if (
    columns.displayName === undefined &&
    columns.givenName === undefined &&
    columns.familyName === undefined
  )
    missing.push('displayName');
  return missing;
}

/** Previews a file by its head; `whole` if the head is the complete file. */
export function previewOf(
  head: Buffer,
  whole: boolean,
  chosen: { encoding?: string | undefined; delimiter?: string | undefined; header?: string | undefined },
): ImportPreview {
  const encoding = (chosen.encoding as ImportMapping['encoding']) ?? recogniseEncoding(head, whole);
  let text = new TextDecoder(encoding).decode(head, { stream: !whole });
  if (text.trim() === '') throw new Refusal('import.not-csv', { detail: 'The file is empty' });
  if (text.includes('\0')) {
    throw new Refusal('import.not-csv', {
      detail: 'The file contains NUL characters, so it is not a text file',
    });
  }
  // The last line of an incomplete file may be cut off.
  if (!whole) text = text.slice(0, text.lastIndexOf('\n') + 1);
  const delimiter = (chosen.delimiter as ImportMapping['delimiter']) ?? recogniseDelimiter(text);
  let rows: string[][];
  try {
    rows = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      to: 21,
      skip_empty_lines: true,
    });
  } catch {
    throw new Refusal('import.not-csv', { detail: 'The first rows cannot be read as CSV' });
  }
  const [first = []] = rows;
  const proposed = proposeColumns(first);
  const header = chosen.header === undefined ? Object.keys(proposed).length > 0 : chosen.header === 'true';
  const columns = header ? proposed : {};
  return {
    mapping: { encoding, delimiter, header, columns },
    columns: header ? first : first.map((_name, at) => `Column ${at + 1}`),
    rows: rows.slice(header ? 1 : 0).slice(0, 20),
    missing: missingFields(columns),
  };
}
