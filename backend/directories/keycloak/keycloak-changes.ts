import { createHash } from 'node:crypto';
import { DirectoryFault, orIfInvalid } from '../external/directory-fault.ts';
import type { DirectoryChanges, ExternalAccount } from '../external/external-directory.ts';
import type { AccountsPage } from '../external/read-pages.ts';
import type { Fields } from '../external/json-fields.ts';
import type { ReadPages } from './realm-paths.ts';

/** The kinds of changes that users make themselves. */
const userEvents = [
  'REGISTER',
  'UPDATE_PROFILE',
  'UPDATE_EMAIL',
  'UPDATE_CREDENTIAL',
  'UPDATE_PASSWORD',
  'DELETE_ACCOUNT',
];
/** Milliseconds of overlap before the last read, because events are stored when a transaction ends, and clocks differ. */
const overlapMs = 30_000;
/** Accounts that are read one by one. With more changes, all accounts are read. */
const maxSingleReads = 200;
/** Events in the overlap that were already read and are remembered. */
const maxSeen = 60;
/** Users whose reads fail and are tried again, while the others are read. With more of them, the realm is at fault. */
const maxUnread = 8;
/** Milliseconds by which the time of an event may be ahead of Keycloak's clock. A later one must not hide those that follow. */
const maxAheadMs = 86_400_000;
/** Milliseconds after which a realm may have deleted events that were not read. */
const maxGapMs = 86_400_000;
/** Milliseconds for which it is remembered whether the realm records events. */
const recordingMs = 60_000;

interface Cursor {
  /** Milliseconds, by the events' own clock. */
  readonly at: number;
  /** Digests of the events that were read at the end of that period. */
  readonly seen: readonly string[];
  /** Users for which Keycloak last answered with an error. */
  readonly unread?: readonly string[];
  /** When it was read, in milliseconds by this server's clock. */
  readonly readAt?: number;
}

function cursorOf(text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    const cursor = JSON.parse(text) as Cursor;
    return typeof cursor.at === 'number' && Array.isArray(cursor.seen) ? cursor : null;
  } catch {
    return null;
  }
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);

/**
 * Reads changes from the realm's events, which need the role `view-events` and must be switched on; otherwise by comparing all accounts at intervals,
 * with digests in memory. A cursor that is more than a day old is lost.
 */
export function createKeycloakChanges({
  now,
  clockAhead,
  compareMs,
  isRecording,
  pages,
  readAll,
  readAccount,
}: {
  readonly now: () => number;
  /** Milliseconds by which Keycloak's clock is ahead of `now`; null if that is unknown. */
  readonly clockAhead: () => number | null;
  readonly compareMs: number;
  /** Whether the realm records events, and the client may read them. */
  readonly isRecording: (signal: AbortSignal) => Promise<boolean>;
  readonly pages: ReadPages;
  readonly readAll: (signal: AbortSignal) => AsyncIterable<Pick<AccountsPage, 'accounts'>>;
  readonly readAccount: (key: string) => Promise<ExternalAccount | null>;
}) {
  let known: { readonly digests: ReadonlyMap<string, string>; readonly at: number } | null = null;
  let recording: { readonly is: boolean; readonly at: number } | null = null;
  const latestTime = (): number => now() + (clockAhead() ?? 0) + maxAheadMs;

  async function tellsEvents(signal: AbortSignal): Promise<boolean> {
    if (recording === null || now() - recording.at >= Math.min(compareMs, recordingMs))
      recording = { is: await isRecording(signal), at: now() };
    return recording.is;
  }

  /** The events since a time; null if the client may not read them. */
  async function readEvents(
    since: number,
    signal: AbortSignal,
  ): Promise<readonly { id: string; at: number; key: string }[] | null> {
    const found: { id: string; at: number; key: string }[] = [];
    const add = (event: Fields, key: string | undefined) => {
      const at = Number(event['time'] ?? 0);
      if (key !== undefined && key !== '' && at >= since) found.push({ id: digest(event), at, key });
    };
    try {
      for await (const page of pages(
        `/admin-events?dateFrom=${since}&resourceTypes=USER&resourceTypes=GROUP_MEMBERSHIP&resourceTypes=REALM_ROLE_MAPPING`,
        'read-accounts',
        signal,
      ))
        for (const event of page)
          add(event, /^users\/([^/]+)/.exec(String(event['resourcePath'] ?? ''))?.[1]);
      const types = userEvents.map((type) => `&type=${type}`).join('');
      for await (const page of pages(`/events?dateFrom=${since}${types}`, 'read-accounts', signal))
        for (const event of page)
          add(event, typeof event['userId'] === 'string' ? event['userId'] : undefined);
      return found;
    } catch (thrown) {
      if (thrown instanceof DirectoryFault && thrown.code === 'right-missing') return null;
      throw thrown;
    }
  }

  /** `isFirst`: all accounts are read anyway, so none needs to be reported. */
  async function compare(
    signal: AbortSignal,
    isFirst: boolean,
  ): Promise<Pick<DirectoryChanges, 'accounts' | 'goneKeys' | 'presentKeys'>> {
    if (known !== null && now() - known.at < compareMs) return { accounts: [], goneKeys: [] };
    const digests = new Map<string, string>();
    const accounts: ExternalAccount[] = [];
    for await (const page of readAll(signal))
      for (const account of page.accounts) {
        const current = digest(account);
        digests.set(account.key, current);
        // After a restart, each of them may have changed.
        if (!isFirst && known?.digests.get(account.key) !== current) accounts.push(account);
      }
    const goneKeys = [...(known?.digests.keys() ?? [])].filter((key) => !digests.has(key));
    known = { digests, at: now() };
    return isFirst
      ? { accounts, goneKeys: [] }
      : { accounts, goneKeys, presentKeys: new Set(digests.keys()) };
  }

  /** The time of the newest event, by Keycloak's clock; 0 where there is none, and where events may not be read. */
  async function newestEvent(signal: AbortSignal): Promise<number> {
    let newest = 0;
    try {
      for (const path of ['/admin-events?direction=desc', '/events?direction=desc'])
        for await (const page of pages(path, 'read-accounts', signal)) {
          newest = Math.max(
            newest,
            ...page.map((event) => Math.min(Number(event['time'] ?? 0) || 0, latestTime())),
          );
          break;
        }
    } catch (thrown) {
      if (!(thrown instanceof DirectoryFault) || thrown.code !== 'right-missing') throw thrown;
    }
    return newest;
  }

  return {
    async since(text: string | null, signal: AbortSignal): Promise<DirectoryChanges> {
      // By Keycloak's clock: by this one, what happens next may seem older than the cursor.
      const readAt = now();
      const former: Cursor = cursorOf(text) ?? { at: await newestEvent(signal), seen: [] };
      if (former.readAt !== undefined && readAt - former.readAt > maxGapMs)
        return { accounts: [], goneKeys: [], cursor: '', more: false, isLost: true };
      const events = (await tellsEvents(signal))
        ? await readEvents(Math.max(0, former.at - overlapMs), signal)
        : null;
      if (events === null) {
        const changes = await compare(signal, text === null);
        const compared: Cursor = { at: now(), seen: [], readAt };
        return { ...changes, cursor: JSON.stringify(compared), more: false };
      }
      const newest = events.reduce(
        (latest, { at }) => Math.max(latest, Math.min(at, latestTime())),
        former.at,
      );
      const recent = events.filter(({ at }) => at >= newest - overlapMs).map(({ id }) => id);
      const cursor: Cursor = { at: newest, seen: recent.length > maxSeen ? [] : recent, readAt };
      if (text === null) return { accounts: [], goneKeys: [], cursor: JSON.stringify(cursor), more: false };
      const seen = new Set(former.seen);
      const keys = new Set([
        ...(former.unread ?? []),
        ...events.filter(({ id }) => !seen.has(id)).map(({ key }) => key),
      ]);
      const accounts: ExternalAccount[] = [];
      const goneKeys: string[] = [];
      const unread: string[] = [];
      if (keys.size > maxSingleReads) {
        for await (const page of readAll(signal))
          for (const account of page.accounts) if (keys.delete(account.key)) accounts.push(account);
        return { accounts, goneKeys: [...keys], cursor: JSON.stringify(cursor), more: false };
      }
      for (const key of keys) {
        signal.throwIfAborted();
        const account = await orIfInvalid(readAccount(key), undefined);
        if (account === undefined) unread.push(key);
        else if (account === null) goneKeys.push(key);
        else accounts.push(account);
        // The answers of a realm at fault, not of a few users.
        if (unread.length > maxUnread) throw new DirectoryFault('answer-invalid');
      }
      const next: Cursor = { ...cursor, unread };
      return { accounts, goneKeys, cursor: JSON.stringify(next), more: false };
    },
  };
}
