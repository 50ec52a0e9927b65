import type { Kysely } from 'kysely';
import type { Tables } from '../../store/tables.ts';

/** Milliseconds before a token's end from which on it is a warning. */
const soonMs = 30 * 86_400_000;

/** What is to be looked at about the sources of accounts: changes that wait, and tokens that end soon. `now` in milliseconds. */
export async function examineSources(
  db: Kysely<Tables>,
  now: number,
): Promise<{ readonly about: string; readonly state: 'good' | 'warning'; readonly text: string }[]> {
  const sources = await db
    .selectFrom('account_sources')
    .select(['id', 'name', 'held_since'])
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute();
  const tokens = await db
    .selectFrom('source_tokens')
    .select(['source_id', 'expires_at'])
    .where('hash', 'is not', null)
    .where('revoked_at', 'is', null)
    .execute();
  return sources.flatMap(({ id, name, held_since: since }) => {
    const about = `Account source ${name}`;
    const own = tokens.filter((token) => token.source_id === id);
    const ends = own.map((token) => token.expires_at);
    const held =
      since === null
        ? []
        : [
            {
              about,
              state: 'warning' as const,
              text: `Its changes wait since ${new Date(since).toISOString()}, because they were too many. Decide in Settings, Directories.`,
            },
          ];
    if (own.length === 0) return held;
    // A source goes on as long as one of its tokens is valid.
    const end = Math.max(...ends);
    const until = new Date(end).toISOString();
    if (end <= now)
      return [
        ...held,
        {
          about,
          state: 'warning' as const,
          text: `Its last token has expired ${until}. Add one in Settings, Directories, or remove the source.`,
        },
      ];
    if (end <= now + soonMs)
      return [
        ...held,
        {
          about,
          state: 'warning' as const,
          text: `Its last token expires ${until}. Add another one in Settings, Directories, and enter it in the source.`,
        },
      ];
    return [...held, { about, state: 'good' as const, text: `Its token is valid until ${until}.` }];
  });
}
