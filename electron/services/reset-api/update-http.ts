import type { Readable } from 'node:stream';
import type { AxiosInstance } from 'axios';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { SetTimer } from '../timers/timers.ts';
import { createDeadline } from './deadline.ts';

/** Milliseconds, and bytes of a feed or a signature. */
const feedTimeoutMs = 20_000;
const maxFeedBytes = 256 * 1024;

/** Reads small files and packages from the update server. Every failure is thrown as a `ConsoleFailure`. */
export interface UpdateHttp {
  readonly readSmall: (url: string) => Promise<Buffer>;
  readonly openLarge: (url: string, signal: AbortSignal) => Promise<Readable>;
}

/** Redirects are not followed, since another server may be behind them. */
export function createUpdateHttp(
  load: () => Promise<{ readonly http: AxiosInstance }>,
  setTimer: SetTimer,
): UpdateHttp {
  const get = async (url: string, options: object): Promise<unknown> => {
    if (!url.startsWith('https://')) throw new ConsoleFailure('update.unreachable');
    const { http } = await load();
    const answer = await http.get<unknown>(url, options).catch((thrown: unknown) => {
      throw new ConsoleFailure('update.unreachable', {
        detail: thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'error',
      });
    });
    if (answer.status !== 200)
      throw new ConsoleFailure('update.unreachable', { detail: String(answer.status) });
    return answer.data;
  };
  return {
    readSmall: async (url) => {
      const deadline = createDeadline(feedTimeoutMs, undefined, setTimer);
      const small = { responseType: 'arraybuffer', maxContentLength: maxFeedBytes, signal: deadline.signal };
      return Buffer.from((await get(url, small).finally(deadline.end)) as ArrayBuffer);
    },
    openLarge: async (url, signal) => (await get(url, { responseType: 'stream', signal })) as Readable,
  };
}
