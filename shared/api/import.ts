import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { errorCodes } from '../errors/codes.ts';
import { holdReasons } from './held-row.ts';
import { limits } from './limits.ts';
import { typedLine } from './typed-text.ts';

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
  'expiresAt',
  'id',
  'localPassword',
] as const;
export const importField = z.enum(importFields);
export type ImportField = (typeof importFields)[number];

/** The encodings of the WHATWG's standard, which `TextDecoder` reads, in the order in which the page offers them. */
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
  'macintosh',
  'x-mac-cyrillic',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export const delimiters = [',', ';', '\t', '|'] as const;

/** What a file can say about an account, the least strict first. */
export const importStatuses = ['active', 'no-local-password', 'expired', 'locked', 'disabled'] as const;
export type ImportStatus = (typeof importStatuses)[number];

export const dateOrders = ['day-first', 'month-first'] as const;

/** Maps columns (0-based) to account fields. */
export const importMapping = z.object({
  /** Ignored for a workbook. */
  encoding: z.enum(encodings),
  delimiter: z.enum(delimiters),
  /** Whether a line names the columns. */
  header: z.boolean(),
  /** The line (1-based) that names the columns; lines before it are skipped. Without it, the backend looks for it in the first 20 rows. */
  headerLine: z.int().min(1).max(1000).optional(),
  columns: z.partialRecord(importField, z.int().min(0).max(10_000)),
  /** More columns of a field: the first with a value counts; of states the strictest, of expiry dates the earliest. */
  moreColumns: z.partialRecord(importField, z.array(z.int().min(0).max(10_000)).max(20)).optional(),
  /** What a word of a status column means that the backend does not know, by the word in lower case. */
  statuses: z.partialRecord(z.string().max(100), z.enum(importStatuses)).optional(),
  /** How dates such as 03/04/2026 are read; without it, those that can be read both ways are not stored. */
  dateOrder: z.enum(dateOrders).optional(),
});
export type ImportMapping = z.infer<typeof importMapping>;

/** Why a value of a row is not used although its person is imported, or needs a look. */
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
  'line-skipped',
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
  'mixed-encodings',
  'lines-skipped',
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
  /** Whether the dates can be read day first and month first alike, and `mapping.dateOrder` has to say which. */
  isDateOrderOpen: z.boolean(),
  /** The first rows as they will be imported, in the order of `rows`. */
  people: z.array(
    z.object({
      line: z.int(),
      userName: z.string(),
      displayName: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      statuses: z.array(z.enum(importStatuses)),
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
    refused: z.int(),
    withWarnings: z.int(),
  }),
});
export type ImportPreview = z.infer<typeof importPreview>;

/**
 * `waiting` for the file, `analysing` it as it arrives, `ready` to be confirmed, `running` after that, `undone` once an operator put back what it
 * changed.
 */
export const importStates = [
  'waiting',
  'analysing',
  'ready',
  'running',
  'finished',
  'cancelled',
  'failed',
  'undone',
] as const;

/** Accounts whose contact data, tier, manager or status a file changes, or that it closes. Each counts by itself towards a mass change. */
export const importCounts = z.object({
  contact: z.int(),
  tier: z.int(),
  manager: z.int(),
  status: z.int(),
  closed: z.int(),
});
export type ImportCounts = z.infer<typeof importCounts>;

export const importView = z.object({
  id: z.string(),
  fileName: z.string(),
  state: z.enum(importStates),
  bytesTotal: z.int().nullable(),
  bytesRead: z.int(),
  rows: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  /** Rows that contradict what is known of a person; each waits for a decision. */
  held: z.int(),
  /** Accounts that are missing from a complete file. */
  closed: z.int(),
  /** The name of the system that the accounts come from. Ids and missing accounts are compared within it. */
  source: z.string(),
  /** The file has every account of its source. */
  complete: z.boolean(),
  /** Rows that have been applied so far. */
  applied: z.int(),
  /** What counts towards a mass change; null until the file has been read. */
  counts: importCounts.nullable(),
  /** The changes that are so many that a second administrator has to agree. */
  massChanges: z.array(z.enum(['contact', 'tier', 'manager', 'status', 'closed', 'closed-despite-refused'])),
  /** Until when the import can be undone; null if it cannot. */
  undoUntil: z.iso.datetime().nullable(),
  /** After an undo: accounts that are as before, and accounts that had been changed again and were left alone. */
  undone: z.object({ restored: z.int(), kept: z.int() }).nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Why the whole import failed: the error code, and the line where it stopped. */
  failure: z.object({ code: z.enum(errorCodes), line: z.int().nullable(), detail: z.string() }).nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const importRefusal = z.object({
  /** The line (1-based) on which the refused row begins. */
  line: z.int(),
  reason: z.enum(importRefusalReasons),
  /** The refused value, shortened. */
  detail: z.string(),
});
export type ImportRefusal = z.infer<typeof importRefusal>;

/** The kinds of rows that can be listed. */
export const importRowKinds = ['new', 'changed', 'held', 'closed', 'kept'] as const;
/** A change of one field. Contact data is masked; `notation` is the same value written otherwise. */
const rowChange = z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() });
export type RowChange = z.infer<typeof rowChange>;

/** A row and what it does. */
export const importRow = z.object({
  /** The line (1-based) on which it begins; negative for an account that is missing from the file. */
  line: z.int(),
  accountId: z.string().nullable(),
  userName: z.string(),
  displayName: z.string(),
  changes: z.array(rowChange),
  /** Why it is held. */
  holdReason: z.enum(holdReasons).nullable(),
});
export type ImportRow = z.infer<typeof importRow>;

const byImport = z.object({ importId: z.string().min(1).max(100) });

export const previewImport = endpoint({
  id: 'previewImport',
  method: 'POST',
  path: '/imports/preview',
  summary:
    'Detect the encoding, separator and columns of a file from its first bytes (of a workbook: from all of them)',
  right: 'accounts.import',
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  query: z.object({
    encoding: z.enum(encodings).optional(),
    delimiter: z.enum(delimiters).optional(),
    header: z.enum(['true', 'false']).optional(),
    headerLine: z.coerce.number().int().min(1).max(1000).optional(),
    /** An `ImportMapping` as JSON: the answer shows how rows are read with it, and proposes no columns. */
    mapping: z.string().max(8000).optional(),
  }),
  stream: true,
  answer: importPreview,
  errors: ['import.not-csv', 'import.encoding', 'import.mapping', 'request.too-large'],
});

export const createImport = endpoint({
  id: 'createImport',
  method: 'POST',
  path: '/imports',
  summary: 'Create an import; its rows follow as a stream',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'no row is imported yet' },
  body: z.object({
    fileName: typedLine(255).min(1),
    bytesTotal: z.int().min(0).max(limits.importFile).nullable(),
    mapping: importMapping,
    /** The system that the accounts come from, such as `hr`: ids and missing accounts are compared within it. */
    source: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .regex(/^[^\p{C}]+$/u)
      .default('file'),
    /** The file has every account of its source: accounts that are missing from it are closed. */
    complete: z.boolean().default(false),
  }),
  answer: importView,
  errors: ['import.mapping', 'import.already-running'],
});

export const uploadImport = endpoint({
  id: 'uploadImport',
  method: 'PUT',
  path: '/imports/:importId/content',
  summary:
    'Upload the bytes of the file; answers when all rows have been read. No account is changed before the import is confirmed',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'no account is changed before the import is confirmed' },
  params: byImport,
  stream: true,
  answer: importView,
  errors: ['import.not-found', 'import.settled', 'import.already-running', 'request.too-large'],
});

export const confirmImport = endpoint({
  id: 'confirmImport',
  method: 'POST',
  path: '/imports/:importId/confirm',
  summary: 'Apply an import that has been read; answers at once, and the progress follows',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  // A mass change needs a second administrator. Of a smaller one each change is an event about the account, and recent at every decision.
  protected: { by: 'weakening' },
  bridge: 'imports.confirm',
  params: byImport,
  answer: importView,
  errors: ['import.not-found', 'import.settled', 'import.already-running', 'import.stale'],
});

export const undoImport = endpoint({
  id: 'undoImport',
  method: 'POST',
  path: '/imports/:importId/undo',
  summary:
    'Put back what an import changed; accounts that have changed since are left alone, and new accounts that were used stay',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'it puts back what was there before, and tells the owners' },
  bridge: 'imports.undo',
  params: byImport,
  answer: importView,
  errors: ['import.not-found', 'import.not-undoable', 'import.already-running'],
});

export const listImportRows = endpoint({
  id: 'listImportRows',
  method: 'GET',
  path: '/imports/:importId/rows',
  summary: 'List the rows of one kind with what they change; contact data is masked',
  right: 'accounts.import',
  scope: { by: 'everything' },
  bridge: 'imports.rows',
  params: byImport,
  query: z.object({
    kind: z.enum(importRowKinds),
    /** The line of the last row of the previous page. */
    after: z.coerce.number().int().default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  answer: z.object({ rows: z.array(importRow), more: z.boolean() }),
  errors: ['import.not-found'],
});

export const listImportWarnings = endpoint({
  id: 'listImportWarnings',
  method: 'GET',
  path: '/imports/:importId/warnings',
  summary: 'List values of the file that are not used, with the number of their rows',
  right: 'accounts.import',
  scope: { by: 'everything' },
  bridge: 'imports.warnings',
  params: byImport,
  answer: z.object({ warnings: z.array(importWarning) }),
  errors: ['import.not-found'],
});

export const getImport = endpoint({
  id: 'getImport',
  method: 'GET',
  path: '/imports/:importId',
  summary: 'Get the progress of an import',
  right: 'accounts.import',
  scope: { by: 'everything' },
  bridge: 'imports.progress',
  params: byImport,
  answer: importView,
  errors: ['import.not-found'],
});

export const cancelImport = endpoint({
  id: 'cancelImport',
  method: 'POST',
  path: '/imports/:importId/cancel',
  summary: 'Stop an import; rows that are already imported are kept',
  right: 'accounts.import',
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it changes no account' },
  params: byImport,
  answer: importView,
  errors: ['import.not-found', 'import.settled'],
});

export const listImportRefusals = endpoint({
  id: 'listImportRefusals',
  method: 'GET',
  path: '/imports/:importId/refusals',
  summary: 'List the refused rows by line',
  right: 'accounts.import',
  scope: { by: 'everything' },
  bridge: 'imports.refusals',
  params: byImport,
  query: z.object({
    afterLine: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(5000).default(100),
  }),
  answer: z.object({ refusals: z.array(importRefusal), more: z.boolean() }),
  errors: ['import.not-found'],
});

export const importSamples = endpoint({
  id: 'importSamples',
  method: 'POST',
  path: '/imports/samples',
  summary: 'Import 500 accounts of an invented company',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'it adds invented accounts' },
  bridge: 'imports.samples',
  answer: importView,
  errors: ['import.already-running'],
});
