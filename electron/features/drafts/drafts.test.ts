import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { KeychainState } from '../../services/keychain/keychain.ts';
import type { Session } from '../session/session.ts';
import { createDrafts } from './drafts.ts';

const texts = [{ field: 'check k1 note', text: 'Knew the order number 4711' }];
const day = 24 * 3_600_000;

describe('what was typed and not sent', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-drafts-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Starts a console. The consoles of one test share the keychain. */
  const warnings: string[] = [];
  let asked = 0;
  function starts(keychain = new Map<string, Secret>()) {
    asked = 0;
    return ({
      operator = 'ann',
      at = 0,
      state = 'ready' as KeychainState,
      hasKeychain = true,
      isLocked = false,
    } = {}) =>
      createDrafts({
        path: join(folder, 'drafts'),
        keychain: {
          state: async () => state,
          read: async (account) => {
            asked += 1;
            return keychain.get(account) ?? null;
          },
          store: async (account, token) => {
            if (!hasKeychain) throw new ConsoleFailure('keychain.missing');
            keychain.set(account, token);
          },
        },
        session: {
          view: () => ({ operator: { id: operator } }),
          assertUsable: () => {
            if (isLocked) throw new ConsoleFailure('console.locked');
          },
        } as unknown as Session,
        log: { info: () => undefined, warn: (message) => warnings.push(message), unexpected: () => '' },
        now: () => at,
      });
  }

  it('is there after a restart in an encrypted file', async () => {
    const start = starts();
    await start().handlers.save({ texts });
    expect(await start().handlers.load(null)).toEqual(texts);
    expect(await readFile(join(folder, 'drafts'), 'latin1')).not.toContain('4711');
  });

  it.each<[string, { operator?: string; at?: number }]>([
    ['another operator', { operator: 'bob' }],
    ['the same operator a day later', { at: day }],
  ])('is removed when it is %s who signs in', async (_who, later) => {
    const start = starts();
    await start().handlers.save({ texts });
    expect(await start(later).handlers.load(null)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, (file: Buffer) => Buffer]>([
    ['damaged', (file) => file.fill(0, 30, 32)],
    ['cut off', (file) => file.subarray(0, 20)],
    ['empty', () => Buffer.alloc(0)],
  ])('is given up when its file is %s', async (_how, damage) => {
    const start = starts();
    await start().handlers.save({ texts });
    const path = join(folder, 'drafts');
    await writeFile(path, damage(await readFile(path)));
    expect(await start().handlers.load(null)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given up with a line in the log when its file can be neither read nor removed', async () => {
    await mkdir(join(folder, 'drafts'));
    const drafts = starts()();
    expect(await drafts.handlers.load(null)).toEqual([]);
    drafts.forget();
    expect(await drafts.handlers.load(null)).toEqual([]);
    expect(new Set(warnings)).toEqual(new Set(['drafts could not be read', 'drafts could not be removed']));
  });

  it('is given up when the keychain has lost the key', async () => {
    await starts()().handlers.save({ texts });
    expect(await starts()().handlers.load(null)).toEqual([]);
  });

  it('is not written without a keychain', async () => {
    const start = starts();
    await start({ hasKeychain: false }).handlers.save({ texts });
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks a keychain that gives no key only once until the next sign-in or unlock', async () => {
    const drafts = starts()({ hasKeychain: false });
    await drafts.handlers.save({ texts });
    await drafts.handlers.save({ texts });
    expect(asked).toBe(1);
    await drafts.handlers.load(null);
    await drafts.handlers.save({ texts });
    expect(asked).toBe(2);
  });

  it.each<KeychainState>(['missing', 'locked', 'failed'])(
    'does not ask a keychain that was %s at the start',
    async (state) => {
      const drafts = starts()({ state });
      await drafts.handlers.save({ texts });
      await drafts.handlers.load(null);
      expect(asked).toBe(0);
    },
  );

  it('is kept while the keyring is locked in mid-shift, since the key is known', async () => {
    const keychain = new Map<string, Secret>();
    const drafts = starts(keychain)();
    await drafts.handlers.save({ texts: [] });
    await drafts.handlers.save({ texts });
    const key = keychain.get('drafts');
    keychain.clear();
    const later = [{ field: 'check k2 note', text: 'Knew the date' }];
    await drafts.handlers.save({ texts: later });
    if (key !== undefined) keychain.set('drafts', key);
    expect(await starts(keychain)().handlers.load(null)).toEqual(later);
  });

  it('is removed at the sign-out or when its last text was sent', async () => {
    const start = starts();
    const drafts = start();
    await drafts.handlers.save({ texts });
    await drafts.handlers.save({ texts: [] });
    expect(await readdir(folder)).toEqual([]);
    await drafts.handlers.save({ texts });
    drafts.forget();
    expect(await drafts.handlers.load(null)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not given out while the console is locked', async () => {
    const start = starts();
    await start().handlers.save({ texts });
    await expect(start({ isLocked: true }).handlers.load(null)).rejects.toMatchObject({
      code: 'console.locked',
    });
  });
});
