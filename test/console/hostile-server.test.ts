import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleFailureCodes, errorCodes } from '../../shared/errors/codes.ts';
import {
  attemptKinds,
  type AttemptKind,
  type AttemptResult,
  type FloodResult,
  type Measured,
} from './hostile-results.ts';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const megabyte = 1024 * 1024;

/** The console has a text for each of these codes, as its catalogue's type demands. */
const words: ReadonlySet<string> = new Set([...errorCodes, ...consoleFailureCodes]);

/**
 * Milliseconds at a fortieth of the console's own deadlines: 10 s at the choice of a server, 80 s for the download, otherwise 20 s for each of two
 * parts. Includes some slack for a busy computer.
 */
const deadlines: Readonly<Record<AttemptKind, number>> = {
  about: 250,
  search: 500,
  'sign-in': 500,
  live: 1000,
  download: 2000,
  upload: 1000,
};
const slackMs = 4000;

/** A download is saved unchanged; JSON is one of its types. */
const isSavedAsItComes =
  /^(?:an unknown encoding|deep arrays|deep objects|many keys|keys of the prototype|numbers|broken UTF-8|no JSON|nothing|null|API|no type)/;

describe('a console that meets a hostile server', () => {
  let server: ChildProcess;
  let client: ChildProcess;
  let port = 0;
  let behaviours: readonly string[] = [];

  beforeAll(async () => {
    server = fork(script('hostile-server.ts'), { execArgv: [] });
    [{ port, behaviours }] = (await once(server, 'message')) as [{ port: number; behaviours: string[] }];
    client = fork(script('hostile-attempts.ts'), { execArgv: [] });
    await once(client, 'message');
  }, 30_000);
  afterAll(() => {
    client.kill('SIGKILL');
    server.kill('SIGKILL');
  });
  async function ask<T>(behaviour: string, what: AttemptKind | 'flood'): Promise<Measured<T>> {
    client.send({ base: `http://127.0.0.1:${port}/${encodeURIComponent(behaviour)}`, what });
    const [result] = (await once(client, 'message')) as [Measured<T>];
    return result;
  }
  const isFlood = (name: string) =>
    /^(?:floods (?!early)|one endless event|an endless line|events|deep events|a stream)/.test(name);

  it.each(attemptKinds)(
    'ends in words within its deadline and memory limit: %s',
    async (kind) => {
      const faults: unknown[] = [];
      let tried = 0;
      for (const behaviour of behaviours.filter((name) => !isFlood(name))) {
        const result = await ask<AttemptResult>(behaviour, kind);
        tried += 1;
        const isSaved =
          result.outcome === 'answered' && kind === 'download' && isSavedAsItComes.test(behaviour);
        const hasWords = words.has(result.outcome) || isSaved;
        const isInTime = result.milliseconds < deadlines[kind] + slackMs;
        const isSmall = result.grownBy < 150 * megabyte && result.detail.length < 2000;
        if (!hasWords || !isInTime || !isSmall) faults.push({ behaviour, ...result });
      }
      expect(faults).toEqual([]);
      expect(tried).toBeGreaterThan(70);
    },
    120_000,
  );

  it('bounds what a live stream causes, whatever it sends', async () => {
    const faults: unknown[] = [];
    for (const behaviour of behaviours.filter(isFlood)) {
      const result = await ask<FloodResult>(behaviour, 'flood');
      const isBounded =
        result.opened <= 4 &&
        result.told <= 60 &&
        result.notified <= 4 &&
        result.lines <= 20 &&
        result.longestWait < 2500 &&
        result.grownBy < 100 * megabyte;
      if (!isBounded) faults.push({ behaviour, ...result });
    }
    expect(faults).toEqual([]);
  }, 120_000);
});
