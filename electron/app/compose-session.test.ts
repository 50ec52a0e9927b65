import { Readable } from 'node:stream';
import { unmanaged } from '../../shared/managed/unmanaged.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventName } from '../../shared/bridge/contract.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { Secret } from '../../shared/secret/secret.ts';
import type { ResetApi } from '../services/reset-api/reset-api.ts';
import { ConsoleFailure } from '../failure/console-failure.ts';
import { composeSession } from './compose-session.ts';

const { clipboard } = vi.hoisted(() => {
  const held = { text: '', selection: '' };
  return {
    clipboard: {
      held,
      writeText: (text: string) => {
        held.text = text;
      },
      readText: (type?: string) => (type === 'selection' ? held.selection : held.text),
      clear: () => {
        held.selection = '';
      },
    },
  };
});
vi.mock('electron', () => ({
  clipboard,
  Notification: { isSupported: () => false },
}));

const now = Date.parse('2026-03-01T09:00:00Z');
const server = { baseUrl: 'https://desk.example.com', keychainAccount: 'desk' };
const tokens = {
  session: { id: 's1', idleLockSeconds: 900, serverTime: new Date(now).toISOString() },
  accessToken: 'an access token',
  accessExpiresAt: new Date(now + 600_000).toISOString(),
  refreshToken: 'a refresh token',
} as SessionTokens;

describe('what the console does with its secrets', () => {
  let parts: ReturnType<typeof composeSession>;
  let streamFailure: 'session.expired' | 'server.unreachable';
  let events: { name: EventName; value: unknown }[];
  let badge: number;
  let caseChanges: number;
  let stream: Readable | null;
  beforeEach(async () => {
    events = [];
    badge = 2;
    caseChanges = 0;
    stream = null;
    streamFailure = 'server.unreachable';
    clipboard.held.text = '';
    const api = {
      call: async (_base: string, { id }: { id: string }) =>
        id === 'beginDrill' ? { id: 'd1' } : id === 'reauthenticate' ? tokens : {},
      openEventStream: async (_base: string, { id }: { id: string }) => {
        if (stream === null || id !== 'followLive') throw new ConsoleFailure(streamFailure);
        return stream;
      },
    } as unknown as ResetApi;
    parts = composeSession({
      api,
      keychain: { store: async () => undefined, remove: async () => undefined } as never,
      settings: { update: () => undefined } as never,
      emit: (name, value) => void events.push({ name, value }),
      raise: () => undefined,
      showBadge: (waiting) => {
        badge = waiting;
      },
      log: { info: () => undefined, warn: () => undefined, unexpected: () => '' },
      now: () => now,
      managed: unmanaged,
      onCaseChanged: () => {
        caseChanges += 1;
      },
      onSignedOut: () => undefined,
      onNotKept: () => undefined,
      setTimer: () => () => undefined,
    });
    await parts.session.open(server, tokens, false);
    parts.vault.set('r1', new Secret('kiv-7-real'), now + 60_000);
    await parts.practice.handlers.drills.begin({ body: { size: 'short', scene: 'calm' } });
    await parts.clipboard.copy(new Secret('kiv-7-copied'));
    events.length = 0;
  });
  const concealed = () => events.filter(({ name }) => name === 'concealSecrets').map(({ value }) => value);
  const ends = {
    locked: async () => parts.session.lock(),
    expired: async () => {
      streamFailure = 'session.expired';
      // The refusal ends the session, which the test looks at.
      await parts.session.openLockedEventStream(new AbortController().signal).catch(() => undefined);
    },
    'signed-out': () => parts.session.signOut(),
  } as const;

  it.each([
    ['locked', 'lock'],
    ['expired', 'expired'],
    ['signed-out', 'signed-out'],
  ] as const)('clears the clipboard and hides what is shown when it is %s', async (change, why) => {
    expect(clipboard.held.text).toBe('kiv-7-copied');
    await ends[change]();
    await expect.poll(() => clipboard.held.text).toBe('');
    expect(concealed()).toEqual([{ why }]);
    expect(events).toContainEqual({ name: 'session', value: { change } });
  });

  it('keeps temporary passwords while it is locked', async () => {
    await ends.locked();
    expect(parts.vault.has('r1')).toBe(true);
    expect(badge).toBe(2);
    events.length = 0;
    await parts.session.reauthenticate({ password: 'x' });
    expect(parts.vault.get('r1')?.expose()).toBe('kiv-7-real');
    expect(concealed()).toEqual([]);
    expect(events).toContainEqual({ name: 'session', value: { change: 'unlocked' } });
  });

  it('notices that a case has changed', async () => {
    parts.session.lock();
    stream = Readable.from(['data: {"type":"case-changed","caseId":"c1"}\n\n']);
    expect(caseChanges).toBe(0);
    await parts.session.reauthenticate({ password: 'x' });
    const live = () => events.filter(({ name }) => name === 'live').map(({ value }) => value);
    await expect.poll(live).toEqual([{ type: 'caught-up' }, { type: 'case-changed', caseId: 'c1' }]);
    expect(caseChanges).toBe(2);
  });

  it.each(['expired', 'signed-out'] as const)(
    'forgets temporary passwords, the drill and the badge when it is %s',
    async (change) => {
      await ends[change]();
      expect(parts.vault.has('r1')).toBe(false);
      expect(badge).toBe(0);
      await expect(parts.practice.call({ id: 'getCase' } as never, {} as never)).rejects.toMatchObject({
        code: 'drill.not-found',
      });
    },
  );
});
