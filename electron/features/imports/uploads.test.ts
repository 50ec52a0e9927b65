import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/errors/codes.ts';
import type { ImportView } from '../../../shared/api/import-view.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { CallOptions } from '../../services/reset-api/http-request.ts';
import { createUploads } from './uploads.ts';

const log: Log = { info: () => undefined, warn: () => undefined, unexpected: () => 'REF1-REF2' };
const waiting = { id: 'i1', state: 'waiting', failure: null } as unknown as ImportView;
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reset-desk-upload-'));
  file = join(folder, 'people.csv');
  await writeFile(file, 'username,name\na,A\n');
});
afterEach(() => rm(folder, { recursive: true }));

type Answer = (options: CallOptions) => Promise<unknown>;

/** Uploads against a server that answers as told; `asked` lists the endpoints that were called. */
function uploadsWith(answers: Partial<Record<'uploadImport' | 'getImport' | 'cancelImport', Answer>>) {
  const asked: string[] = [];
  const call = async ({ id }: { readonly id: string }, _input: unknown, options: CallOptions = {}) => {
    asked.push(id);
    return (answers[id as keyof typeof answers] ?? (() => Promise.resolve(waiting)))(options);
  };
  return { asked, uploads: createUploads({ session: { call: call as never }, log }) };
}
const refusing =
  (code: FailureCode): Answer =>
  () =>
    Promise.reject(new ConsoleFailure(code));

describe('an upload that fails', () => {
  it.each<FailureCode>([
    'proxy.too-large',
    'proxy.refused',
    'proxy.no-server',
    'proxy.web-page',
    'proxy.timeout',
    'server.unreachable',
    'server.timeout',
    'server.answer-invalid',
    'file.unreadable',
    'internal.unexpected',
  ])('with %s cancels its import at the server and tells the page why', async (code) => {
    const { asked, uploads } = uploadsWith({ uploadImport: refusing(code) });
    uploads.start('i1', file, 18);
    expect(uploads.state('i1')).toEqual({ isRunning: true, failure: null });
    await expect.poll(() => uploads.state('i1')).toEqual({ isRunning: false, failure: { code } });
    expect(asked).toEqual(['uploadImport', 'getImport', 'cancelImport']);
  });

  it('tells the page the reason even if the server has become unreachable', async () => {
    const dead = refusing('server.unreachable');
    const { uploads } = uploadsWith({ uploadImport: dead, getImport: dead, cancelImport: dead });
    uploads.start('i1', file, 18);
    await expect
      .poll(() => uploads.state('i1'))
      .toEqual({ isRunning: false, failure: { code: 'server.unreachable' } });
  });

  it.each<FailureCode>(['proxy.timeout', 'server.timeout'])(
    'with %s leaves an import that the server is working on alone',
    async (code) => {
      const { asked, uploads } = uploadsWith({
        uploadImport: refusing(code),
        getImport: () => Promise.resolve({ ...waiting, state: 'running' }),
      });
      uploads.start('i1', file, 18);
      await expect.poll(() => uploads.state('i1')).toEqual({ isRunning: false, failure: null });
      expect(asked).not.toContain('cancelImport');
    },
  );

  it('is no failure if the import has finished and only the answer was lost', async () => {
    const { uploads } = uploadsWith({
      uploadImport: refusing('server.unreachable'),
      getImport: () => Promise.resolve({ ...waiting, state: 'finished' }),
    });
    uploads.start('i1', file, 18);
    await expect.poll(() => uploads.state('i1')).toEqual({ isRunning: false, failure: null });
  });
});

describe('cancelling an upload', () => {
  const pending = () => {
    let signal: AbortSignal | undefined;
    const uploadImport: Answer = (options) => {
      ({ signal } = options);
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new ConsoleFailure('server.timeout')));
      });
    };
    return { uploadImport, isAborted: () => signal?.aborted };
  };

  it('cancels the import at the server, then stops sending', async () => {
    const { uploadImport, isAborted } = pending();
    const cancelled = { ...waiting, state: 'cancelled' };
    const { asked, uploads } = uploadsWith({
      uploadImport,
      cancelImport: () => {
        expect(isAborted()).toBe(false);
        return Promise.resolve(cancelled);
      },
    });
    uploads.start('i1', file, 18);
    expect(await uploads.cancel('i1')).toEqual(cancelled);
    expect(isAborted()).toBe(true);
    await expect.poll(() => uploads.state('i1')).toEqual({ isRunning: false, failure: null });
    expect(asked).toEqual(['uploadImport', 'cancelImport']);
  });

  it('stops sending even if the server does not answer', async () => {
    const { uploadImport, isAborted } = pending();
    const { uploads } = uploadsWith({ uploadImport, cancelImport: refusing('server.timeout') });
    uploads.start('i1', file, 18);
    await expect(uploads.cancel('i1')).rejects.toThrow('server.timeout');
    expect(isAborted()).toBe(true);
    await expect
      .poll(() => uploads.state('i1'))
      .toEqual({ isRunning: false, failure: { code: 'server.timeout' } });
  });
});

it('an upload is limited by part and answer instead of as a whole', async () => {
  let given: CallOptions = {};
  let sent = '';
  const { uploads } = uploadsWith({
    uploadImport: async (options) => {
      given = options;
      const content = options.bytes?.content as Readable;
      sent = String(Buffer.concat(await content.toArray()));
      return waiting;
    },
  });
  uploads.start('i1', file, 5);
  await expect.poll(() => uploads.state('i1').isRunning).toBe(false);
  const { upload, timeout } = given;
  expect({ upload, timeout }).toEqual({
    upload: { idleMs: 60_000, answerMs: 1_800_000 },
    timeout: undefined,
  });
  // As long as announced, although the file is longer.
  expect(sent).toBe('usern');
});

it('an upload of another console has no state here', () => {
  expect(uploadsWith({}).uploads.state('i9')).toEqual({ isRunning: false, failure: null });
});
