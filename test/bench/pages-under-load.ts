import { join } from 'node:path';
import autocannon from 'autocannon';
import { readSecretKey } from '../../backend/app/configuration/secret-key.ts';
import { hashPassword } from '../../backend/passwords/password-hashing/argon2.ts';
import { createKeyedHash, randomToken } from '../../backend/store/keyed-hash.ts';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { importAccounts } from './import-accounts.ts';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

const [pagesPerSecond, changesPerSecond, mostP95] = [1000, 50, 50];

/**
 * Sessions of users who must choose a new password, one for each account; written directly into the database, since creating them is not measured.
 */
async function openSessions({ dataFolder, clock }: Backend, count: number): Promise<string[]> {
  const keyed = createKeyedHash(readSecretKey(dataFolder));
  const db = await openSqlite(join(dataFolder, 'reset-desk.db'));
  const hash = await hashPassword('A temporary one 7+');
  const accounts = await db.selectFrom('accounts').select('id').limit(count).execute();
  const tokens = accounts.map(() => randomToken().expose());
  const temporary = {
    temporary_until: clock.at + 3_600_000,
    reset_id: null,
    old_hash: null,
    old_set_at: null,
  };
  await db.transaction().execute(async (tx) => {
    for (const [index, { id }] of accounts.entries()) {
      const token = tokens[index] ?? '';
      await tx
        .insertInto('account_credentials')
        .values({ account_id: id, password_hash: hash, set_at: clock.at, must_change: 1, ...temporary })
        .execute();
      await tx
        .insertInto('user_sessions')
        .values({
          id: token.slice(0, 20),
          token_hash: keyed.hash('session', token),
          account_id: id,
          created_at: clock.at,
          expires_at: clock.at + 3_600_000,
          must_change: 1,
        })
        .execute();
    }
  });
  await db.destroy();
  return tokens;
}

/** The login page at a steady rate while users choose new passwords, each of which is compared with the old one and hashed. */
export async function run({ quick }: { quick: boolean }) {
  const seconds = quick ? 10 : 60;
  const backend = await startTestBackend(undefined, { trustProxy: 'loopback', pollIntervals: {} });
  try {
    await importAccounts(backend, (await backend.setUp()).accessToken, changesPerSecond * seconds);
    const tokens = await openSessions(backend, changesPerSecond * seconds);
    const outcomes = new Map<number, number>();
    const change = async (at: number) => {
      const { status } = await backend.ask(
        'POST',
        '/change-password',
        `password=Quiet%2BHarbour${at}&repeated=Quiet%2BHarbour${at}`,
        {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          'x-forwarded-for': `10.1.${at >> 8}.${at & 255}`,
          cookie: `reset_desk_user=${tokens[at] ?? ''}`,
        },
      );
      outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
    };
    const changing: Promise<void>[] = [];
    const begun = performance.now();
    // As many as are due by the clock, because the timer of a busy process fires late.
    const timer = setInterval(() => {
      const due = Math.min(tokens.length, ((performance.now() - begun) / 1000) * changesPerSecond);
      while (changing.length < due) changing.push(change(changing.length));
    }, 1000 / changesPerSecond);
    const { latency, requests, errors, non2xx } = await autocannon({
      url: `${backend.address()}/login`,
      connections: 20,
      overallRate: pagesPerSecond,
      duration: seconds,
    });
    clearInterval(timer);
    await Promise.all(changing);
    const changed = (outcomes.get(303) ?? 0) / seconds;
    const failed = errors + non2xx + changing.length - (outcomes.get(303) ?? 0);
    const others = [...outcomes]
      .filter(([status]) => status !== 303)
      .map(([status, count]) => `${count} × ${status}`);
    const failures =
      failed > 0 ? ` (${failed} failed: ${[...others, `${errors + non2xx} pages`].join(', ')})` : '';
    return {
      rows: [
        {
          what: `login page, p95 at ${requests.average.toFixed(0)}/s while ${changed.toFixed(0)} passwords a second are changed, ${seconds} s${failures}`,
          measured: `${latency.p97_5} ms (p97.5)`,
          target: `≤ ${mostP95} ms at 1,000/s and 50/s`,
          ratio: (latency.p97_5 / mostP95).toFixed(2),
        },
      ],
    };
  } finally {
    await backend.stop();
  }
}
