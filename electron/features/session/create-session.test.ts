import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { followLive } from '../../../shared/api/live.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { createSession } from './create-session.ts';

const now = Date.parse('2026-03-01T09:00:00Z');
const server = { baseUrl: 'https://desk.example.com', keychainAccount: 'test' };
const tokens = (refreshToken: string) =>
  ({
    session: { id: 's1', idleLockSeconds: 900, serverTime: new Date(now).toISOString() },
    accessToken: 'an access token',
    accessExpiresAt: new Date(now + 600_000).toISOString(),
    refreshToken,
  }) as SessionTokens;
const silentLog = { info: () => undefined, warn: () => undefined, unexpected: () => undefined } as never;

describe('the event streams of a session', () => {
  const openEventStream = vi.fn<ResetApi['openEventStream']>();
  const changes: string[] = [];
  let session: ReturnType<typeof createSession>;
  beforeEach(async () => {
    openEventStream.mockReset().mockImplementation(async () => Readable.from([]));
    changes.length = 0;
    session = createSession({
      api: { openEventStream } as unknown as ResetApi,
      keychain: { store: async () => undefined, remove: async () => undefined } as never,
      persistRemembered: () => undefined,
      persistLocked: () => undefined,
      onChange: (change) => changes.push(change),
      log: silentLog,
      now: () => now,
      maxIdleSeconds: null,
      isStale: () => false,
      persistStale: () => undefined,
      onNotKept: () => undefined,
      setTimer: () => () => undefined,
    });
    await session.open(server, tokens('a refresh token'), false);
  });
  const signal = new AbortController().signal;

  it('use the refresh token only while the console is locked', async () => {
    await session.openEventStream(followLive, signal);
    expect(openEventStream.mock.lastCall?.[3].accessToken?.expose()).toBe('an access token');
    session.lock();
    await expect(session.openEventStream(followLive, signal)).rejects.toMatchObject({
      code: 'console.locked',
    });
    await session.openLockedEventStream(signal);
    const [, endpoint, input, options] = openEventStream.mock.lastCall ?? [];
    expect(endpoint?.path).toBe('/live/locked');
    expect(input).toEqual({ body: { refreshToken: 'a refresh token' } });
    expect(options?.accessToken).toBeUndefined();
  });

  it('lock the console if the backend has locked the session first', async () => {
    openEventStream.mockRejectedValueOnce(new ConsoleFailure('session.idle-locked'));
    await expect(session.openEventStream(followLive, signal)).rejects.toMatchObject({
      code: 'session.idle-locked',
    });
    expect([session.isLocked(), changes]).toEqual([true, ['locked']]);
  });

  it('sign a locked console out only if its session has expired', async () => {
    session.lock();
    openEventStream.mockRejectedValueOnce(new ConsoleFailure('session.missing'));
    await expect(session.openLockedEventStream(signal)).rejects.toMatchObject({ code: 'session.missing' });
    expect(session.isLocked()).toBe(true);
    openEventStream.mockRejectedValueOnce(new ConsoleFailure('session.expired'));
    await expect(session.openLockedEventStream(signal)).rejects.toMatchObject({ code: 'session.expired' });
    expect(changes).toEqual(['locked', 'expired']);
  });
});

describe('the token in the keychain', () => {
  function rememberedSession() {
    const stored = new Map<string, string>();
    const done: string[] = [];
    let finishStore: () => void = () => undefined;
    let isSlow = false;
    const session = createSession({
      api: { call: async () => tokens('another refresh token') } as unknown as ResetApi,
      keychain: {
        store: async (account: string, token: Secret) => {
          if (isSlow) {
            await new Promise<void>((resolve) => {
              finishStore = resolve;
            });
          }
          stored.set(account, token.expose());
          done.push('stored');
        },
        remove: async (account: string) => {
          stored.delete(account);
          done.push('removed');
        },
        read: async () => null,
        settle: async () => true,
        state: async () => 'ready',
      },
      persistRemembered: () => undefined,
      persistLocked: () => undefined,
      onChange: () => undefined,
      log: silentLog,
      now: () => now,
      maxIdleSeconds: null,
      isStale: () => false,
      persistStale: () => undefined,
      onNotKept: () => undefined,
      setTimer: () => () => undefined,
    });
    return {
      session,
      stored,
      done,
      storeSlowly: () => (isSlow = true),
      finishStore: () => finishStore(),
    };
  }

  it('is removed at sign-out', async () => {
    const { session, stored, done } = rememberedSession();
    await session.open(server, tokens('a refresh token'), true);
    expect(stored.get('test')).toBe('a refresh token');
    await session.signOut();
    await expect.poll(() => done.at(-1)).toBe('removed');
    expect(stored.size).toBe(0);
  });

  it('is removed when the session expires', async () => {
    const { session, stored, done } = rememberedSession();
    await session.open(server, tokens('a refresh token'), true);
    session.lock();
    await expect(
      session.reauthenticateWith(() => Promise.reject(new ConsoleFailure('session.expired'))),
    ).rejects.toThrow('session.expired');
    await expect.poll(() => done.at(-1)).toBe('removed');
    expect(stored.size).toBe(0);
  });

  it('is removed after a newer one that is still being stored', async () => {
    const { session, stored, done, storeSlowly, finishStore } = rememberedSession();
    await session.open(server, tokens('a refresh token'), true);
    await expect.poll(() => done.length).toBe(2);
    storeSlowly();
    await session.reauthenticate({ password: 'x' });
    await session.signOut();
    finishStore();
    await expect.poll(() => done.at(-1)).toBe('removed');
    expect(stored.size).toBe(0);
  });

  it('is removed when the operator signs in without "Keep me signed in"', async () => {
    const { session, stored } = rememberedSession();
    stored.set('test', 'of the last sign-in');
    await session.open(server, tokens('a refresh token'), false);
    await expect.poll(() => stored.size).toBe(0);
  });
});

describe('the setting whether a session is remembered', () => {
  const read = vi.fn<() => Promise<Secret | null>>();
  const remembered: boolean[] = [];
  const session = () =>
    createSession({
      api: { call: async () => null } as unknown as ResetApi,
      keychain: { store: async () => undefined, remove: async () => undefined, read } as never,
      persistRemembered: (isRemembered) => remembered.push(isRemembered),
      persistLocked: () => undefined,
      onChange: () => undefined,
      log: silentLog,
      now: () => now,
      maxIdleSeconds: null,
      isStale: () => false,
      persistStale: () => undefined,
      onNotKept: () => undefined,
      setTimer: () => () => undefined,
    });
  beforeEach(() => {
    remembered.length = 0;
  });

  it.each([true, false])('is what the operator chose at sign-in: %s', async (remember) => {
    await session().open(server, tokens('a refresh token'), remember);
    expect(remembered).toEqual([remember]);
  });

  it('is false after a sign-out', async () => {
    const signedIn = session();
    await signedIn.open(server, tokens('a refresh token'), true);
    await signedIn.signOut();
    expect(remembered).toEqual([true, false]);
  });

  it('is what was found in the keychain at start', async () => {
    read.mockResolvedValueOnce(null).mockResolvedValueOnce(new Secret('a refresh token'));
    await session().restore(server, true);
    await session().restore(server, true);
    expect(remembered).toEqual([false, true]);
  });
});
