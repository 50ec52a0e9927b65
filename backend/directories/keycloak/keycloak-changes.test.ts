import { expect, it } from 'vitest';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import { createKeycloakChanges } from './keycloak-changes.ts';

const now = Date.parse('2026-12-01T09:00:00Z');
const signal = new AbortController().signal;

/** Changes of a realm with these events of administrators, whose users are read unless they fail. */
function realm(
  events: { time: number; user: string }[],
  failing: ReadonlySet<string>,
  { clockAhead = 0, clock = { at: now } } = {},
) {
  return createKeycloakChanges({
    now: () => clock.at,
    clockAhead: () => clockAhead,
    compareMs: 1000,
    isRecording: () => Promise.resolve(true),
    pages: async function* pages(path) {
      if (path.startsWith('/admin-events'))
        yield events.map(({ time, user }) => ({ time, resourcePath: `users/${user}` }));
    },
    readAll: async function* readAll() {
      yield { accounts: [] };
    },
    readAccount: (key) =>
      failing.has(key)
        ? Promise.reject(new DirectoryFault('answer-invalid'))
        : Promise.resolve({ key } as ExternalAccount),
  });
}
const keysOf = ({ accounts }: { accounts: readonly ExternalAccount[] }) => accounts.map(({ key }) => key);

it('a user for which Keycloak answers with an error is read later, and the others now', async () => {
  const failing = new Set(['bad']);
  const events: { time: number; user: string }[] = [];
  const changes = realm(events, failing);
  const { cursor } = await changes.since(null, signal);
  events.push({ time: now + 1, user: 'bad' }, { time: now + 2, user: 'good' });
  const first = await changes.since(cursor, signal);
  expect([keysOf(first), first.goneKeys]).toEqual([['good'], []]);
  const second = await changes.since(first.cursor, signal);
  expect(keysOf(second)).toEqual([]);
  failing.clear();
  const third = await changes.since(second.cursor, signal);
  expect(keysOf(third)).toEqual(['bad']);
  expect(keysOf(await changes.since(third.cursor, signal))).toEqual([]);
});

it('many such users are a fault of the realm', async () => {
  const users = Array.from({ length: 20 }, (_none, at) => `u${at}`);
  const events: { time: number; user: string }[] = [];
  const changes = realm(events, new Set(users));
  const { cursor } = await changes.since(null, signal);
  events.push(...users.map((user, at) => ({ time: now + at, user })));
  await expect(changes.since(cursor, signal)).rejects.toMatchObject({ code: 'answer-invalid' });
});

it('events of a clock that is months ahead are read once', async () => {
  const months = 90 * 86_400_000;
  const events = [{ time: now + months, user: 'ann' }];
  const changes = realm(events, new Set(), { clockAhead: months });
  const { cursor } = await changes.since(null, signal);
  expect((JSON.parse(cursor) as { at: number }).at).toBe(now + months);
});

it('an event of a far future hides no later change', async () => {
  const events = [{ time: Date.parse('2099-01-01T00:00:00Z'), user: 'odd' }];
  const changes = realm(events, new Set());
  const { cursor } = await changes.since(null, signal);
  expect((JSON.parse(cursor) as { at: number }).at).toBeLessThan(Date.parse('2026-12-03T00:00:00Z'));
});

it('a cursor that is more than a day old is lost, since the realm may have deleted events', async () => {
  const clock = { at: now };
  const changes = realm([], new Set(), { clock });
  const { cursor } = await changes.since(null, signal);
  clock.at += 86_400_000;
  const later = await changes.since(cursor, signal);
  expect(later.isLost).toBeUndefined();
  clock.at += 86_400_001;
  expect(await changes.since(later.cursor, signal)).toMatchObject({ isLost: true, accounts: [] });
});
