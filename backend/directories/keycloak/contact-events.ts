import { DirectoryFault } from '../external/directory-fault.ts';
import { listOf, type Fields } from '../external/json-fields.ts';
import type { KeycloakClient } from './keycloak-client.ts';
import type { ReadPages } from './realm-paths.ts';

const right = 'read-accounts';
/** The events of users that change an address or a number. */
const userEvents = ['REGISTER', 'UPDATE_PROFILE', 'UPDATE_EMAIL'].map((type) => `&type=${type}`).join('');
const adminEvents = 'resourceTypes=USER&operationTypes=CREATE&operationTypes=UPDATE';
/** Milliseconds before now for which events are read: the longest waiting time of contact data that a policy can have. */
const periodMs = 90 * 86_400_000;
/** Events of each list that are read at most. */
const maxEvents = 100_000;

/** When each user's description last changed, in milliseconds by Keycloak's clock, as far as events tell. */
export interface ContactEvents {
  /** Null if there is no event. */
  of(key: string): number | null;
}

const none: ContactEvents = { of: () => null };

const userOf = ({ resourcePath, userId }: Fields): string | undefined =>
  typeof userId === 'string' ? userId : /^users\/([^/]+)$/.exec(String(resourcePath ?? ''))?.[1];

/** Without `view-events`, no events. */
async function orNone<T>(events: Promise<T>, nothing: T): Promise<T> {
  try {
    return await events;
  } catch (thrown) {
    if (thrown instanceof DirectoryFault && thrown.code === 'right-missing') return nothing;
    throw thrown;
  }
}

/** The events about all users. If there are too many, an older change may be any time before the oldest event that was read. */
export const readContactEvents = (
  pages: ReadPages,
  now: number,
  signal: AbortSignal,
): Promise<ContactEvents> =>
  orNone(
    (async () => {
      const since = now - periodMs;
      const newest = new Map<string, number>();
      let unreadBefore = 0;
      for (const path of [
        `/admin-events?dateFrom=${since}&${adminEvents}`,
        `/events?dateFrom=${since}${userEvents}`,
      ]) {
        let read = 0;
        for await (const page of pages(path, right, signal)) {
          for (const event of page) {
            const [key, at] = [userOf(event), Number(event['time'] ?? 0)];
            if (key !== undefined) newest.set(key, Math.max(at, newest.get(key) ?? 0));
          }
          read += page.length;
          if (read < maxEvents) continue;
          unreadBefore = Math.max(unreadBefore, Number(page.at(-1)?.['time'] ?? 0));
          break;
        }
      }
      return { of: (key) => newest.get(key) ?? (unreadBefore === 0 ? null : unreadBefore) };
    })(),
    none,
  );

/** The newest event about one user. */
export const newestContactEvent = (client: KeycloakClient, key: string): Promise<number | null> =>
  orNone(
    (async () => {
      const user = encodeURIComponent(key);
      const answers = await Promise.all([
        client.get(`/admin-events?resourcePath=users%2F${user}&${adminEvents}&max=1`, right),
        client.get(`/events?user=${user}${userEvents}&max=1`, right),
      ]);
      const times = answers.flatMap(({ json }) => listOf(json).map(({ time }) => Number(time ?? 0)));
      return times.length === 0 ? null : Math.max(...times);
    })(),
    null,
  );
