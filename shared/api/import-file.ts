import { z } from 'zod';

/** The account fields that a column can fill, in the order in which the page offers them. */
export const importFields = [
  'userName',
  'displayName',
  'givenName',
  'familyName',
  'email',
  'phone',
  'employeeNumber',
  'department',
  'manager',
  'tier',
  'status',
  'startsAt',
  'expiresAt',
  'entryType',
  'id',
  'localPassword',
] as const;
export const importField = z.enum(importFields);
export type ImportField = (typeof importFields)[number];

/**
 * The encodings of the WHATWG's standard, which `TextDecoder` reads, and code pages of DOS and Macintosh, in the order in which the page offers them.
 */
export const encodings = [
  'utf-8',
  'windows-1252',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'ibm437',
  'ibm737',
  'ibm775',
  'ibm850',
  'ibm852',
  'ibm857',
  'ibm855',
  'ibm860',
  'ibm861',
  'ibm862',
  'ibm865',
  'macintosh',
  'x-mac-cyrillic',
  'x-mac-ce',
  'x-mac-greek',
  'x-mac-turkish',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export const delimiters = [',', ';', '\t', '|', '^', '~', '\u001F', '\uFF0C', '\uFF1B', '|#|', '||'] as const;

/** What a file can say about an account, the least strict first. */
export const importStatuses = ['active', 'no-local-password', 'expired', 'locked', 'disabled'] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** The status of a previewed person: what the file says, or that the first day is in the future. */
export const previewStatuses = [...importStatuses, 'not-started'] as const;
export type PreviewStatus = (typeof previewStatuses)[number];

export const dateOrders = ['day-first', 'month-first'] as const;

/** Maps columns (0-based) to account fields. */
export const importMapping = z.object({
  /** Ignored for a workbook. */
  encoding: z.enum(encodings),
  /** The encoding of single lines that cannot be in `encoding`, as the preview found it. */
  otherEncoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters),
  /** Whether a line names the columns. */
  header: z.boolean(),
  /** The line (1-based) that names the columns; lines before it are skipped. Without it, the backend looks for it in the first 20 rows. */
  headerLine: z.int().min(1).max(1000).optional(),
  columns: z.partialRecord(importField, z.int().min(0).max(10_000)),
  /**
   * Further columns of a field. The first column with a value counts; for states the strictest one, for expiry dates the earliest. Prefixes and second
   * family names are joined with the family name.
   */
  moreColumns: z.partialRecord(importField, z.array(z.int().min(0).max(10_000)).max(20)).optional(),
  /** Meanings of words in a status column that the backend does not know, by the word in lower case. */
  statuses: z.partialRecord(z.string().max(100), z.enum(importStatuses)).optional(),
  /** How dates such as 03/04/2026 are read. Without it, ambiguous dates are not stored. */
  dateOrder: z.enum(dateOrders).optional(),
});
export type ImportMapping = z.infer<typeof importMapping>;

/** Why the import ignores a value of a row that it imports, or asks an administrator to check it. */
export const importWarningReasons = [
  'value-ignored',
  'manager-not-found',
  'address-shared',
  'email-unreadable',
  'phone-unreadable',
  'date-unreadable',
  'date-ambiguous',
  'status-unknown',
  'status-missing',
  'value-too-long',
  'bad-characters',
  'rounded-by-excel',
  'excel-error',
  'encoded-twice',
  'other-encoding',
  'unlikely-letters',
  'look-alike-letters',
  'line-skipped',
  'not-a-person',
  'header-repeated',
] as const;
export type ImportWarningReason = (typeof importWarningReasons)[number];

/** Rows with the same remark about the same value. */
export const importWarning = z.object({
  reason: z.enum(importWarningReasons),
  field: importField,
  value: z.string(),
  rows: z.int(),
  firstLine: z.int(),
});
export type ImportWarning = z.infer<typeof importWarning>;

/** Why a row is not imported. */
export const importRefusalReasons = [
  'id-missing',
  'user-name-missing',
  'user-name-too-long',
  'user-name-characters',
  'display-name-missing',
  'display-name-too-long',
  'email-invalid',
  'phone-invalid',
  'tier-unknown',
  'status-unknown',
  'date-invalid',
  'duplicate-in-file',
  'user-name-taken',
  'wrong-number-of-columns',
  'bad-quotes',
  'bad-characters',
  'row-too-long',
  'value-too-long',
  'rounded-by-excel',
  'excel-error',
  'other-header',
] as const;

export const importNoticeKinds = [
  'characters-lost',
  'control-characters',
  'encoded-twice',
  'unlikely-letters',
  'mixed-encodings',
  'other-encoding',
  'lines-skipped',
  'one-column',
  'fixed-width',
] as const;

export const importPreview = z.object({
  format: z.enum(['csv', 'workbook']),
  mapping: importMapping,
  /** The column names: from the header, or "Column 1" and so on. */
  columns: z.array(z.string()),
  /** Up to 20 rows: those with letters beyond ASCII come first, so that a wrong encoding is seen. */
  rows: z.array(z.array(z.string())),
  /** Required fields for which no column was found. */
  missing: z.array(importField),
  /** The system that writes files with this header; null if it is not known. */
  source: z.string().nullable(),
  /** Whether the columns are those of an earlier import with the same header. */
  isRemembered: z.boolean(),
  /** What may be wrong with the file's text, with the first place where it shows. */
  notices: z.array(
    z.object({
      kind: z.enum(importNoticeKinds),
      line: z.int(),
      /** The column's name; null if the notice is about the line. */
      column: z.string().nullable(),
      detail: z.string(),
    }),
  ),
  /** Columns that no field uses although their names or values look like one. */
  unused: z.array(z.object({ column: z.int(), field: importField })),
  /** Words of the status columns that the backend does not know, with the number of rows; they count as disabled until `mapping.statuses` says otherwise. */
  unknownStatuses: z.array(z.object({ word: z.string(), rows: z.int() })),
  /** Whether the dates can be read both day first and month first, so that `mapping.dateOrder` has to decide. */
  isDateOrderOpen: z.boolean(),
  /** The first rows as they will be imported, in the order of `rows`. */
  people: z.array(
    z.object({
      line: z.int(),
      userName: z.string(),
      displayName: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      statuses: z.array(z.enum(previewStatuses)),
      /** The first instant at which the account can be used; null if it is past or not known. */
      startsAt: z.iso.datetime().nullable(),
      /** The last instant at which the account can be used. */
      expiresAt: z.iso.datetime().nullable(),
      /** Why the row would be refused; null for a row that would be imported. */
      refusal: z.enum(importRefusalReasons).nullable(),
      warnings: z.array(importWarning.omit({ rows: true, firstLine: true })),
    }),
  ),
  /** The people among the rows that the preview reads, by status. */
  counts: z.object({
    rows: z.int(),
    active: z.int(),
    disabled: z.int(),
    locked: z.int(),
    expired: z.int(),
    notStarted: z.int(),
    refused: z.int(),
    withWarnings: z.int(),
  }),
});
export type ImportPreview = z.infer<typeof importPreview>;
