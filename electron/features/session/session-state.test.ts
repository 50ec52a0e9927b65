import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import { createSession } from './create-session.ts';
import { createSessionState, type SessionState } from './session-state.ts';

const now = Date.parse('2026-03-01T09:00:00Z');
const server = { baseUrl: 'https://desk.example.com', keychainAccount: 'desk' };
const tokens = (refreshToken: string) =>
  ({
    session: { id: 's1', idleLockSeconds: 900, serverTime: new Date(now).toISOString() },
    accessToken: 'an access token',
    accessExpiresAt: new Date(now + 600_000).toISOString(),
    refreshToken,
  }) as SessionTokens;

/** A keychain in memory, by account. */
function createKeychainDouble() {
  const entries = new Map<string, string>();
  const keychain: Keychain = {
    state: async () => 'ready',
    read: async (account) => {
      const found = entries.get(account);
      return found === undefined ? null : new Secret(found);
    },
    store: async (account, token) => void entries.set(account, token.expose()),
    remove: async (account) => void entries.delete(account),
    settle: async () => true,
  };
  return { entries, keychain };
}

describe('the session that the console holds', () => {
  let kept: ReturnType<typeof createKeychainDouble>;
  let state: SessionState;
  const changes: string[] = [];
  const stale = new Set<string>();
  const told: string[] = [];
  const settings: Record<string, boolean> = {};
  const timers: { milliseconds: number; work: () => void; isCancelled: boolean }[] = [];
  const options = () => ({
    keychain: kept.keychain,
    persistRemembered: (remembered: boolean) => {
      settings['remembered'] = remembered;
    },
    persistLocked: (locked: boolean) => {
      settings['locked'] = locked;
    },
    onChange: (change: string) => void changes.push(change),
    maxIdleSeconds: null as number | null,
    isStale: (account: string) => stale.has(account),
    persistStale: (account: string, isStale: boolean) =>
      void (isStale ? stale.add(account) : stale.delete(account)),
    onNotKept: () => void told.push('not kept'),
    now: () => now,
    setTimer: (milliseconds: number, work: () => void) => {
      const timer = { milliseconds, work, isCancelled: false };
      timers.push(timer);
      return () => {
        timer.isCancelled = true;
      };
    },
  });
  beforeEach(() => {
    kept = createKeychainDouble();
    changes.length = 0;
    stale.clear();
    told.length = 0;
    timers.length = 0;
    state = createSessionState(options());
  });
  const stored = () => kept.entries.get('desk');

  it.each(['expired', 'signed-out'] as const)('leaves no token in the keychain when it is %s', (why) => {
    const opened = state.open(server, tokens('first'), true);
    kept.entries.set('desk', opened.refreshToken.expose());
    state.end(why);
    expect(stored()).toBeUndefined();
    expect(state.held()).toBeNull();
    expect(settings).toEqual({ remembered: false, locked: false });
    expect(changes).toEqual([why]);
  });

  it('puts each renewed token into the keychain if it is remembered', async () => {
    const opened = state.open(server, tokens('first'), true);
    for (const renewed of ['second', 'third']) {
      state.replaceTokens(opened, tokens(renewed));
      await vi.waitFor(() => expect(stored()).toBe(renewed));
    }
  });

  describe('while the keychain refuses to be written', () => {
    let isLocked: boolean;
    const lockable = () => ({
      ...options(),
      keychain: {
        ...kept.keychain,
        store: async (account: string, token: Secret) => {
          if (isLocked) throw new Error('locked');
          await kept.keychain.store(account, token);
        },
      },
    });
    beforeEach(() => {
      isLocked = false;
      state = createSessionState(lockable());
    });

    it('says once for each loss that the session is not kept', async () => {
      const opened = state.open(server, tokens('first'), true);
      await vi.waitFor(() => expect([stored(), stale.size]).toEqual(['first', 0]));
      isLocked = true;
      for (const renewed of ['second', 'third']) {
        state.replaceTokens(opened, tokens(renewed));
        await vi.waitFor(() =>
          expect(timers.at(-1)).toMatchObject({ milliseconds: 60_000, isCancelled: false }),
        );
      }
      expect([told, stored(), [...stale]]).toEqual([['not kept'], 'first', ['desk']]);
      isLocked = false;
      timers.at(-1)?.work();
      await vi.waitFor(() => expect([stored(), stale.size]).toEqual(['third', 0]));
      isLocked = true;
      state.replaceTokens(opened, tokens('fourth'));
      await vi.waitFor(() => expect(told).toEqual(['not kept', 'not kept']));
    });

    it('does not send the old token at the next start', async () => {
      const opened = state.open(server, tokens('first'), true);
      await vi.waitFor(() => expect(stored()).toBe('first'));
      isLocked = true;
      state.replaceTokens(opened, tokens('second'));
      const calls: unknown[] = [];
      const api = { call: async (...call: unknown[]) => void calls.push(call) };
      const next = createSession({ ...lockable(), api: api as never, log: {} as never });
      expect(await next.restore(server, false)).toBe('none');
      expect([calls, stored(), settings['remembered']]).toEqual([[], undefined, false]);
    });

    it('keeps nothing of a session that has ended', async () => {
      const opened = state.open(server, tokens('first'), true);
      isLocked = true;
      state.replaceTokens(opened, tokens('second'));
      await vi.waitFor(() => expect(told).toEqual(['not kept']));
      state.end('signed-out');
      isLocked = false;
      timers.findLast(({ milliseconds }) => milliseconds === 60_000)?.work();
      await new Promise(setImmediate);
      expect(stored()).toBeUndefined();
    });
  });

  it('puts no token into the keychain if it is not remembered', async () => {
    const opened = state.open(server, tokens('first'), false);
    state.replaceTokens(opened, tokens('second'));
    await new Promise(setImmediate);
    expect(kept.entries.size).toBe(0);
  });

  it('removes the token of before when a sign-in is not remembered', async () => {
    kept.entries.set('desk', 'an older token');
    const session = createSession({ ...options(), api: {} as never, log: {} as never });
    await session.open(server, tokens('first'), false);
    await vi.waitFor(() => expect(kept.entries.size).toBe(0));
  });

  it.each([
    [60, 60],
    [1800, 900],
    [null, 900],
  ])('locks after the shorter of the managed %j and the server’s 900 idle seconds', (managed, seconds) => {
    const session = createSessionState({ ...options(), maxIdleSeconds: managed });
    session.open(server, tokens('first'), false);
    expect(timers.at(-1)?.milliseconds).toBe(seconds * 1000);
    timers.at(-1)?.work();
    expect(session.isLocked()).toBe(true);
  });

  it('refuses calls without an access token while it is locked', () => {
    const opened = state.open(server, tokens('first'), false);
    expect(state.usable()).toBe(opened);
    state.lock();
    expect(opened.accessToken).toBeNull();
    expect(settings['locked']).toBe(true);
    expect(() => state.usable()).toThrow('console.locked');
    state.unlock();
    expect(settings['locked']).toBe(false);
    expect(state.usable()).toBe(opened);
    expect(changes).toEqual(['locked', 'unlocked']);
  });

  it('stays locked over a restart', () => {
    state.restore(server, new Secret('kept'), true);
    expect(state.isLocked()).toBe(true);
    expect(() => state.usable()).toThrow('console.locked');
  });

  it('is locked by its idle timer unless there is activity', () => {
    state.open(server, tokens('first'), false);
    state.restartIdleTimer();
    expect(timers.map(({ milliseconds, isCancelled }) => [milliseconds, isCancelled])).toEqual([
      [900_000, true],
      [900_000, false],
    ]);
    timers.at(-1)?.work();
    expect(state.isLocked()).toBe(true);
  });

  it('refuses calls once it has ended', () => {
    state.open(server, tokens('first'), false);
    state.end('signed-out');
    expect(() => state.usable()).toThrow('console.signed-out');
    expect(timers.every(({ isCancelled }) => isCancelled)).toBe(true);
  });
});
