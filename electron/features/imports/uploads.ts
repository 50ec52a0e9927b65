import { createReadStream } from 'node:fs';
import type { ImportView } from '../../../shared/api/import-view.ts';
import { cancelImport, getImport, uploadImport } from '../../../shared/api/import.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { UploadLimits } from '../../services/reset-api/http-request.ts';
import type { Session } from '../session/session.ts';

interface Collaborators {
  readonly session: Pick<Session, 'call'>;
  readonly log: Log;
}

/** The upload of one import's file. */
interface Upload {
  readonly abort: AbortController;
  isRunning: boolean;
  /** Why the file could not be uploaded. */
  failure: Failure | null;
}

export interface Uploads {
  /** Starts sending a file to an import that was created for it. */
  readonly start: (importId: string, path: string, length: number) => void;
  /** What main knows of an upload; an import that it does not know is uploaded elsewhere. */
  readonly state: (importId: string) => Value<'imports', 'upload'>;
  /** Cancels the import at the server and stops the upload, even if the server does not answer. */
  readonly cancel: (importId: string) => Promise<ImportView>;
}

/** A proxy that collects the whole file before it passes it on makes the server start late: the answer has its own, longer limit. */
const uploadLimits: UploadLimits = { idleMs: 60_000, answerMs: 30 * 60_000 };
/** Milliseconds. The server is asked after an upload has failed, and may not answer at all. */
const settleTimeoutMs = 10_000;
/** How many uploads are remembered for a page that was reloaded. */
const maxUploads = 20;

const isOver = ({ state }: ImportView) => state !== 'waiting' && state !== 'running';

/** Sends account files to the backend, and ends the import of a file that could not be sent. */
export function createUploads({ session, log }: Collaborators): Uploads {
  const uploads = new Map<string, Upload>();

  /** After a lost answer the server may have the whole file and go on, which is no failure. */
  const isStillImporting = async (importId: string, thrown: unknown): Promise<boolean> => {
    const view = await session
      .call(getImport, { params: { importId } }, { timeout: settleTimeoutMs })
      .catch(() => null);
    if (view === null) return false;
    if (isOver(view)) return view.state !== 'failed' || view.failure !== null;
    return view.state === 'running' && isFailure(thrown, 'proxy.timeout', 'server.timeout');
  };
  const settle = async (importId: string, upload: Upload, thrown: unknown) => {
    if (upload.abort.signal.aborted) return;
    const failure: Failure = isFailure(thrown)
      ? thrown.failure
      : { code: 'internal.unexpected', reference: log.unexpected('upload of an account file', thrown) };
    log.warn('upload of an account file failed', { code: failure.code, detail: failure.detail });
    if (await isStillImporting(importId, thrown)) return;
    upload.failure = failure;
    // The import would otherwise wait for the rest of the file. If the server cannot be reached, it ends the import by itself.
    await session
      .call(cancelImport, { params: { importId } }, { timeout: settleTimeoutMs })
      .catch((refused: unknown) => {
        log.warn('import could not be cancelled', { code: isFailure(refused) ? refused.code : 'unexpected' });
      });
  };

  return {
    start: (importId, path, length) => {
      const upload: Upload = { abort: new AbortController(), isRunning: true, failure: null };
      uploads.set(importId, upload);
      const [oldest] = uploads.keys();
      if (uploads.size > maxUploads && oldest !== undefined) uploads.delete(oldest);
      // A file that grows meanwhile is sent as long as it was announced.
      const content = createReadStream(path, length === 0 ? {} : { end: length - 1 });
      // Not awaited: the page reads the progress, and the backend stores the result.
      session
        .call(
          uploadImport,
          { params: { importId } },
          { bytes: { content, length }, upload: uploadLimits, signal: upload.abort.signal },
        )
        .catch((thrown: unknown) => settle(importId, upload, thrown))
        .finally(() => {
          content.destroy();
          upload.isRunning = false;
        })
        .catch((thrown: unknown) => {
          log.unexpected('upload of an account file', thrown);
        });
    },
    state: (importId) => {
      const { isRunning = false, failure = null } = uploads.get(importId) ?? {};
      return { isRunning, failure };
    },
    cancel: async (importId) => {
      const upload = uploads.get(importId);
      try {
        return await session.call(cancelImport, { params: { importId } }, { timeout: settleTimeoutMs });
      } catch (thrown) {
        if (upload?.isRunning === true && isFailure(thrown)) upload.failure = thrown.failure;
        if (isFailure(thrown)) throw thrown;
        throw new ConsoleFailure('internal.unexpected', {
          reference: log.unexpected('cancelling an import', thrown),
        });
      } finally {
        upload?.abort.abort();
      }
    },
  };
}
