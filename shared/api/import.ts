import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { errorCodes } from '../errors/codes.ts';
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

export const encodings = ['utf-8', 'windows-1252', 'utf-16le'] as const;
export const delimiters = [',', ';', '\t', '|'] as const;

/** Maps columns (0-based) to account fields. */
export const importMapping = z.object({
  encoding: z.enum(encodings),
  delimiter: z.enum(delimiters),
  header: z.boolean(),
  columns: z.partialRecord(importField, z.int().min(0)),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const importPreview = z.object({
  mapping: importMapping,
  /** The column names: from the first line, or "Column 1" and so on. */
  columns: z.array(z.string()),
  /** The first rows, at most 20. */
  rows: z.array(z.array(z.string())),
  /** Required fields for which no column was found. */
  missing: z.array(importField),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importStates = ['waiting', 'running', 'finished', 'cancelled', 'failed'] as const;

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
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Why the whole import failed: the error code, and the line where it stopped. */
  failure: z.object({ code: z.enum(errorCodes), line: z.int().nullable(), detail: z.string() }).nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const importRefusal = z.object({
  /** The line (1-based) on which the refused row begins. */
  line: z.int(),
  reason: z.enum([
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
  ]),
  /** The refused value, shortened. */
  detail: z.string(),
});
export type ImportRefusal = z.infer<typeof importRefusal>;

/** Why a value of a row is not used although its person is imported, or needs a look. */
export const importWarningReasons = ['value-ignored', 'manager-not-found', 'address-shared'] as const;
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

const byImport = z.object({ importId: z.string().min(1).max(100) });

export const previewImport = endpoint({
  id: 'previewImport',
  method: 'POST',
  path: '/imports/preview',
  summary: 'Detect the encoding, separator and columns of a file from its first bytes',
  right: 'accounts.import',
  scope: { by: 'everything' },
  query: z.object({
    encoding: z.enum(encodings).optional(),
    delimiter: z.enum(delimiters).optional(),
    header: z.enum(['true', 'false']).optional(),
  }),
  stream: true,
  answer: importPreview,
  errors: ['import.not-csv', 'import.encoding', 'request.too-large'],
});

export const createImport = endpoint({
  id: 'createImport',
  method: 'POST',
  path: '/imports',
  summary: 'Create an import; its rows follow as a stream',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  body: z.object({
    fileName: typedLine(255).min(1),
    bytesTotal: z.int().min(0).max(limits.importFile).nullable(),
    mapping: importMapping,
  }),
  answer: importView,
  errors: ['import.mapping', 'import.already-running'],
});

export const uploadImport = endpoint({
  id: 'uploadImport',
  method: 'PUT',
  path: '/imports/:importId/content',
  summary:
    'Upload the bytes of the file; answers when all rows are imported or refused, or the import was cancelled',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  params: byImport,
  stream: true,
  answer: importView,
  errors: ['import.not-found', 'import.settled', 'request.too-large'],
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
  bridge: 'imports.samples',
  answer: importView,
  errors: ['import.already-running'],
});
