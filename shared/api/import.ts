import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { delimiters, encodings, importMapping, importPreview, importWarning } from './import-file.ts';
import { importRefusal, importRow, importRowKinds, importView } from './import-view.ts';
import { limits } from './limits.ts';
import { typedLine } from './typed-text.ts';

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
  // A mass change needs a second administrator. Each change of a smaller import becomes an event of its account, which later decisions count as
  // recent.
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
  summary: 'List unused values of the file, with the number of their rows',
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
