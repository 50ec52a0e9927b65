import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../../refusal.ts';
import type { CaseReport } from './case-report.ts';
import type { PdfTask } from './pdf-worker.ts';

/** Renders evidence packs in a thread of its own, so that the event loop can serve the desk meanwhile. */
export interface PdfRenderer {
  /**
   * Throws `request.rate-limited` while too many packs wait, and `evidence-pack.timed-out` for a pack that takes too long, whose thread is ended.
   */
  render(report: CaseReport, signedJson: string): Promise<Buffer>;
  /** Ends the thread and the pack that it is rendering. */
  close(): Promise<void>;
}

interface Options {
  /** Milliseconds for one pack; a case with 5,000 events takes a few seconds. */
  readonly timeoutMs?: number;
  /** The maximum number of packs in the queue. */
  readonly maxWaiting?: number;
  /** Milliseconds after the last pack until the thread ends, which frees the memory of the fonts. */
  readonly idleMs?: number;
  /** The entry of the thread; by default the bundled one, or from the sources. */
  readonly entry?: URL;
}

/** Megabytes for the thread. A pack with names in many scripts loads many fonts. */
const maxHeapMb = 512;

/** Beside the bundle, where `build/backend.vite.config.ts` puts it, or the source. */
function workerEntry(): URL {
  const bundled = new URL('pdf-worker.cjs', import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL('pdf-worker.ts', import.meta.url);
}

export function createPdfRenderer({
  timeoutMs = 30_000,
  maxWaiting = 20,
  idleMs = 60_000,
  entry = workerEntry(),
}: Options = {}): PdfRenderer {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  const end = async () => {
    const ending = thread;
    thread = null;
    await ending?.terminate();
  };
  /** Returns the thread of the last pack, or a new one. The thread gets no environment variables, because they contain passwords. */
  const start = (): Worker => {
    const started = new Worker(entry, {
      name: 'evidence packs',
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    });
    // The error is reported to the pack that is being rendered. Without one, the next pack starts a new thread.
    started.on('error', () => {
      if (thread === started) thread = null;
    });
    started.unref();
    return started;
  };

  const renderNow = async (task: PdfTask): Promise<Buffer> => {
    clearTimeout(idle);
    if (isClosed) throw new Refusal('evidence-pack.timed-out');
    thread ??= start();
    const worker = thread;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    try {
      const rendered = once(worker, 'message', { signal: deadline.signal });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the recipient is a thread, not a window
      worker.postMessage(task);
      const [bytes] = (await rendered) as [Uint8Array];
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } catch (thrown) {
      await end();
      if (deadline.signal.aborted || isClosed) throw new Refusal('evidence-pack.timed-out');
      throw thrown;
    } finally {
      clearTimeout(timer);
      idle = setTimeout(() => void end(), idleMs);
      idle.unref();
    }
  };

  return {
    async render(report, signedJson) {
      if (waiting > maxWaiting) throw new Refusal('request.rate-limited');
      waiting += 1;
      const rendered = turn.then(() => renderNow({ report, signedJson }));
      // The next one begins after this one, also if it failed; its caller gets the failure.
      turn = rendered.catch(() => undefined);
      try {
        return await rendered;
      } finally {
        waiting -= 1;
      }
    },
    close: async () => {
      isClosed = true;
      clearTimeout(idle);
      await end();
    },
  };
}
