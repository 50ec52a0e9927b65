import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { followLive } from '../../../shared/api/live.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { createSession } from './create-session.ts';

const at = Date.parse('2026-03-01T09:00:00Z');
const place = { baseUrl: 'https://desk.example.com', keychainAccount: 'test' };
const tokens = (refreshToken: string) =>
  ({
    session: { id: 's1', idleLockSeconds: 900, serverTime: new Date(at).toISOString() },
    accessToken: 'an access token',
    accessExpiresAt: new Date(at + 600_000).toISOString(),
    refreshToken,
  }) as SessionTokens;
const nobodyToTell = { info: () => undefined, warn: () => undefined, unexpected: () => undefined } as never;

describe('the live events of a session', () => {
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
      log: nobodyToTell,
      now: () => at,
      setTimer: () => () => undefined,
    });
    await session.open(place, tokens('a refresh token'), false);
  });
  const signal = new AbortController().signal;

  it('are opened by the access token, and while the console is locked by the refresh token alone', async () => {
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

  it('lock the console when the backend has locked the session before it', async () => {
    openEventStream.mockRejectedValueOnce(new ConsoleFailure('session.idle-locked'));
    await expect(session.openEventStream(followLive, signal)).rejects.toMatchObject({
      code: 'session.idle-locked',
    });
    expect([session.isLocked(), changes]).toEqual([true, ['locked']]);
  });

  it('sign a locked console out whose session has ended, and wait where its token is merely unknown', async () => {
    session.lock();
    openEventStream.mockRejectedValueOnce(new ConsoleFailure('session.missing'));
    await expect(session.openLockedEventStream(signal)).rejects.toMatchObject({ code: 'session.missing' });
    expect(session.isLocked()).toBe(true);
    openEventStream.mockRejectedValueOnce(new ConsoleFailure('session.expired'));
    await expect(session.openLockedEventStream(signal)).rejects.toMatchObject({ code: 'session.expired' });
    expect(changes).toEqual(['locked', 'expired']);
  });
});

describe('what the next start is told of the keychain', () => {
  const read = vi.fn<() => Promise<Secret | null>>();
  const kept: boolean[] = [];
  const session = () =>
    createSession({
      api: { call: async () => null } as unknown as ResetApi,
      keychain: { store: async () => undefined, remove: async () => undefined, read } as never,
      persistRemembered: (is) => kept.push(is),
      persistLocked: () => undefined,
      onChange: () => undefined,
      log: nobodyToTell,
      now: () => at,
      setTimer: () => () => undefined,
    });
  beforeEach(() => {
    kept.length = 0;
  });

  it.each([true, false])('is what was asked for at the sign-in: %s', async (remember) => {
    await session().open(place, tokens('a refresh token'), remember);
    expect(kept).toEqual([remember]);
  });

  it('is that there is nothing after a sign-out', async () => {
    const own = session();
    await own.open(place, tokens('a refresh token'), true);
    await own.signOut();
    expect(kept).toEqual([true, false]);
  });

  it('is what was found at a start', async () => {
    read.mockResolvedValueOnce(null).mockResolvedValueOnce(new Secret('a refresh token'));
    await session().restore(place, true);
    await session().restore(place, true);
    expect(kept).toEqual([false, true]);
  });
});
