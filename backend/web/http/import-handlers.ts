import type * as importApi from '../../../shared/api/import.ts';
import { limits } from '../../../shared/api/limits.ts';
import type { Imports } from '../../accounts/import/imports.ts';
import { isZip, workbookTooLarge } from '../../accounts/import/file/file-kind.ts';
import { Refusal } from '../../refusal.ts';
import type { Handlers } from './handler.ts';

/** Imports of accounts over HTTP. */
export function createImportHandlers({ imports }: { imports: Imports }): Handlers<typeof importApi> {
  return {
    previewImport: async ({ query, stream }) => {
      const chunks: Buffer[] = [];
      let [size, max] = [0, limits.importPreview];
      for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        size += chunk.length;
        // A workbook is read from its end, so all of it is needed.
        if (chunks.length === 1 && isZip(chunk)) max = limits.importWorkbook;
        if (size > max) break;
      }
      stream.resume();
      const head = Buffer.concat(chunks).subarray(0, max);
      if (size > max && max === limits.importWorkbook) throw workbookTooLarge();
      if (head.length === 0) throw new Refusal('import.not-csv', { detail: 'The file is empty.' });
      // A head of exactly the preview's size is the beginning of a longer file.
      return imports.preview(head, size < max, query);
    },
    createImport: ({ body, origin }) => imports.create(body, origin),
    uploadImport: ({ params, stream, origin }) => imports.upload(params.importId, stream, origin),
    confirmImport: ({ params, origin }) => imports.confirm(params.importId, origin),
    undoImport: ({ params, origin }) => imports.undo(params.importId, origin),
    listImportRows: ({ params, query: { kind, after, limit } }) =>
      imports.rows(params.importId, kind, after, limit),
    listImportWarnings: async ({ params }) => ({ warnings: await imports.warnings(params.importId) }),
    getImport: ({ params }) => imports.get(params.importId),
    cancelImport: ({ params, origin }) => imports.cancel(params.importId, origin),
    listImportRefusals: ({ params, query }) =>
      imports.refusals(params.importId, query.afterLine, query.limit),
    importSamples: ({ origin }) => imports.samples(origin),
  };
}
