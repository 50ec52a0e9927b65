import { randomBytes } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';
import { createAccountSearch } from '../../accounts/search/account-search.ts';
import { searchIndexOn } from '../../accounts/search/sqlite-search-index.ts';
import { noDirectories } from '../../directories/configured/directory-registry.ts';
import { createBuiltInDirectory } from '../../directories/built-in/built-in-directory.ts';
import { captureMail } from '../../drill/captured-mail.ts';
import { createPracticeDesk, type PracticeDesk } from '../../drill/practice-desk.ts';
import { everyChannelDelivers } from '../../messaging/channels.ts';
import { createLive } from '../../live/live.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import { systemTrust } from '../../outbound/trust.ts';
import { createScreenPassword } from '../../passwords/breached-passwords/screen-password.ts';
import { createPolicy } from '../../policy/policy.ts';
import type { PolicyVersion } from '../../policy/policy-in-force.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { noKeptHead } from '../../audit/kept-head.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import { createKeyedHash } from '../../store/keyed-hash.ts';
import { openSqliteInMemory } from '../../store/open-sqlite.ts';
import { createSealed } from '../../store/sealed.ts';
import { createStore } from '../../store/store.ts';
import { composeDesk } from './compose-desk.ts';
import type { Foundation } from './foundation.ts';
import { createDeskHandlers } from './handlers.ts';
import { createUnexpectedLog } from './unexpected-log.ts';

/** The parts that a practice desk shares with the real one: the clock, the hashing lanes, and the log. */
export type Shared = Pick<Foundation, 'version' | 'mode' | 'log' | 'hashing' | 'now'>;

const refuse = () => Promise.reject(new Error('A drill connects to no other server.'));
const unreachable: HttpClient = { request: refuse, fetch: refuse };

/**
 * A foundation for one drill: a database in memory, a random key that is never stored, captured mails and texts, and live events without a
 * listener. `policy` is the real desk's at that moment.
 */
export async function openPracticeFoundation(
  { version, mode, log: realLog, hashing, now }: Shared,
  policy: PolicyVersion,
) {
  const key = randomBytes(32);
  const auditKey = createAuditKey(key);
  const { db, connection } = await openSqliteInMemory();
  const store = createStore(db, now, db, auditKey);
  await store.writeUnaudited((tx) =>
    tx
      .insertInto('policies')
      .values({
        version: policy.version,
        document: JSON.stringify(policy.document),
        changed_at: now(),
        changed_by: null,
      })
      .execute(),
  );
  const ownPolicy = createPolicy({ store, now });
  const log: Foundation['log'] = (event, facts) => realLog(event, { ...facts, desk: 'drill' });
  return {
    version,
    mode,
    log,
    onUnexpected: createUnexpectedLog(log, Date.now),
    now,
    store,
    auditKey,
    keptHead: noKeptHead,
    keyed: createKeyedHash(key),
    sealed: createSealed(key),
    policy: ownPolicy,
    directory: createBuiltInDirectory({ store, now }),
    registry: noDirectories,
    search: createAccountSearch({ index: searchIndexOn(connection), now }),
    // The invented approver is always online.
    live: { ...createLive(), isListening: () => true },
    screenPassword: createScreenPassword({ store, policy: ownPolicy, source: null }),
    hashing,
    trust: () => Promise.resolve(systemTrust),
    http: unreachable,
    ...captureMail(store, now),
    channels: everyChannelDelivers,
    // Links in captured mails lead nowhere.
    publicUrl: () => 'https://drill.example.com',
    setupCode: new Secret(randomBytes(15).toString('base64url')),
    close: () => store.close(),
  } satisfies Foundation & Record<string, unknown>;
}

/** Opens a drill's desk with the sample accounts: the services of the real desk, built by the same function on a practice foundation. */
export async function openPracticeDesk(shared: Shared, policy: PolicyVersion): Promise<PracticeDesk> {
  const foundation = await openPracticeFoundation(shared, policy);
  const desk = composeDesk(foundation);
  await desk.imports.samples(systemOrigin);
  return createPracticeDesk({
    ...foundation,
    ...desk.casework,
    handlers: createDeskHandlers(foundation, desk),
    sweeps: desk.sweeps,
    close: async () => {
      await desk.stop();
      await foundation.close();
    },
  });
}
