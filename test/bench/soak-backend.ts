import { getHeapSpaceStatistics } from 'node:v8';
import { startTestBackend } from '../backend/start-test-backend.ts';

/**
 * A backend in a process of its own, whose memory the soak measures: `fork` it with `--expose-gc` and the address of a mail server. Its clock moves
 * only by `advance`, so that what expires does so within the run.
 */
export type ToSoakBackend =
  | { readonly type: 'advance'; readonly milliseconds: number }
  | { readonly type: 'measure' }
  | { readonly type: 'stop' };

/** Memory after garbage collection, in bytes. */
export interface Memory {
  /** Objects, without the code that V8 compiles as it learns what runs often. */
  readonly heap: number;
  /** Buffers outside of V8's heap. */
  readonly external: number;
  /** Pages of the process that are in memory, those of libraries and of SQLite's cache included. */
  readonly resident: number;
}

export type FromSoakBackend =
  | {
      readonly type: 'ready';
      readonly address: string;
      readonly dataFolder: string;
      readonly setupCode: string;
    }
  | { readonly type: 'measured'; readonly memory: Memory };

const collectGarbage = (globalThis as { readonly gc?: () => void }).gc;

if (process.send !== undefined && collectGarbage !== undefined) {
  const send = (message: FromSoakBackend) => process.send?.(message);
  // Mails leave sooner than once a second, because each case waits for its code.
  const backend = await startTestBackend(process.argv[2], { pollIntervals: { mailQueue: 50 } });
  process.on('message', (message: ToSoakBackend) => {
    if (message.type === 'advance') backend.clock.at += message.milliseconds;
    else if (message.type === 'stop') void backend.stop().then(() => process.disconnect());
    else {
      // The first pass runs finalizers, the second frees what they held.
      collectGarbage();
      collectGarbage();
      const { external, rss } = process.memoryUsage();
      const heap = getHeapSpaceStatistics()
        .filter(({ space_name: name }) => !/code|trusted/.test(name))
        .reduce((sum, { space_used_size: size }) => sum + size, 0);
      send({ type: 'measured', memory: { heap, external, resident: rss } });
    }
  });
  const { dataFolder } = backend;
  send({ type: 'ready', address: backend.address(), dataFolder, setupCode: backend.setupCode() ?? '' });
}
