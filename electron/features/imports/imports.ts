import { randomUUID } from 'node:crypto';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createImport, listImportRefusals, previewImport } from '../../../shared/api/import.ts';
import { limits } from '../../../shared/api/limits.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { Session } from '../session/session.ts';
import { refusedRowsCsv } from './refused-rows-csv.ts';
import { createUploads } from './uploads.ts';

interface Collaborators {
  readonly session: Session;
  /** The system's dialogs; null if the user cancelled. */
  readonly chooseFile: () => Promise<string | null>;
  readonly chooseTarget: (suggested: string) => Promise<string | null>;
  readonly log: Log;
}

const refusalsPerPage = 5000;
/** The first bytes of a workbook, which is an archive. */
const zipSignature = Buffer.from('PK\u0003\u0004', 'latin1');

/** Imports of account files. The page knows a file only by a token; main reads it and streams it to the backend. */
export function createImports({
  session,
  chooseFile,
  chooseTarget,
  log,
}: Collaborators): GroupHandlers<'imports'> {
  const uploads = createUploads({ session, log });
  const chosen = new Map<string, string>();
  const remember = async (path: string) => {
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) throw new ConsoleFailure('file.unreadable');
    const token = randomUUID();
    chosen.set(token, path);
    return { token, fileName: basename(path), bytes: found.size };
  };
  const pathOf = (token: string): string => {
    const path = chosen.get(token);
    if (path === undefined) throw new ConsoleFailure('file.unreadable');
    return path;
  };
  const headOf = async (path: string): Promise<Buffer> => {
    const file = await open(path).catch(() => {
      throw new ConsoleFailure('file.unreadable');
    });
    try {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(limits.importPreview),
        0,
        limits.importPreview,
        0,
      );
      const head = buffer.subarray(0, bytesRead);
      // A workbook is read from its end, so all of it is needed.
      if (!head.subarray(0, 4).equals(zipSignature)) return head;
      const { size } = await file.stat();
      return size > limits.importWorkbook ? head : await readFile(path);
    } finally {
      await file.close();
    }
  };
  return {
    choose: async () => {
      const path = await chooseFile();
      return path === null ? null : remember(path);
    },
    dropped: ({ path }) => remember(path),
    preview: async ({ token, query }) => {
      const content = await headOf(pathOf(token));
      return session.call(previewImport, { query }, { bytes: { content, length: content.length } });
    },
    run: async ({ token, mapping, source, complete }) => {
      const path = pathOf(token);
      const { size } = await stat(path).catch(() => {
        throw new ConsoleFailure('file.unreadable');
      });
      const body = { fileName: basename(path).slice(0, 255), bytesTotal: size, mapping, source, complete };
      const created = await session.call(createImport, { body });
      uploads.start(created.id, path, size);
      return created;
    },
    upload: async ({ importId }) => uploads.state(importId),
    cancel: ({ params: { importId } }) => uploads.cancel(importId),
    saveReport: async ({ importId }) => {
      const path = await chooseTarget('refused-rows.csv');
      if (path === null) return null;
      const rows = [];
      for (let afterLine = 0, more = true; more;) {
        const page = await session.call(listImportRefusals, {
          params: { importId },
          query: { afterLine, limit: refusalsPerPage },
        });
        rows.push(...page.refusals);
        afterLine = page.refusals.at(-1)?.line ?? afterLine;
        more = page.more && page.refusals.length > 0;
      }
      await writeFile(path, refusedRowsCsv(rows)).catch(() => {
        throw new ConsoleFailure('file.unwritable');
      });
      return basename(path);
    },
  };
}
