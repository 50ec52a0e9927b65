import { availableParallelism } from 'node:os';
import { createAuditKey } from '../../store/audit-key.ts';
import { openBreachedPasswords } from '../../passwords/breached-passwords/open-breached-passwords.ts';
import { createScreenPassword } from '../../passwords/breached-passwords/screen-password.ts';
import { openDatabase } from '../configuration/open-database.ts';
import { openSecretKey } from '../configuration/secret-key.ts';
import { createBuiltInDirectory } from '../../directories/built-in/built-in-directory.ts';
import { createAccountSearch } from '../../accounts/search/account-search.ts';
import { createLive } from '../../live/live.ts';
import { createHashingQueue, hashesAtOnce } from '../../passwords/password-hashing/hashing-queue.ts';
import { createPolicy } from '../../policy/policy.ts';
import { createKeyedHash } from '../../store/keyed-hash.ts';
import { createSealed } from '../../store/sealed.ts';
import type { Configuration } from './configuration.ts';

export type Foundation = Awaited<ReturnType<typeof openFoundation>>;

/** Passwords in one lane: at 7 ms each by two, the last is hashed within a second. */
const maxQueued = 100;

/** What everything else stands on: keys, the store, the policy, the directory, the search, the live events. */
export async function openFoundation(configuration: Configuration) {
  const { dataFolder, version, mode, log, now = Date.now } = configuration;
  const key = openSecretKey(dataFolder);
  const auditKey = createAuditKey(key);
  const { store, searchIndex } = await openDatabase(configuration, now, auditKey);
  const source = openBreachedPasswords(configuration.breachedPasswords);
  const policy = createPolicy({ store, now, breachedList: source?.kind ?? 'none' });
  const hashing = createHashingQueue({ atOnce: hashesAtOnce(availableParallelism()) });
  let publicUrl = configuration.publicUrl ?? '';
  return {
    dataFolder,
    version,
    mode,
    log,
    now,
    store,
    policy,
    /** Every password that is hashed or compared goes through one queue: the users' at the pages, and all that the desk does. */
    hashing: {
      pages: hashing.lane(maxQueued),
      desk: hashing.lane(maxQueued),
      busy: hashing.busy,
    },
    auditKey,
    keyed: createKeyedHash(key),
    sealed: createSealed(key),
    directory: createBuiltInDirectory({ store, now }),
    search: createAccountSearch({ index: searchIndex, now }),
    screenPassword: createScreenPassword({ store, policy, source }),
    live: createLive(),
    publicUrl: () => publicUrl,
    /** Where nobody has said how users reach the pages, the address that is listened on is known late. */
    reachedAt: (address: string) => {
      if (publicUrl === '') publicUrl = address;
    },
    onUnexpected: (reference: string, thrown: unknown) => {
      const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'not an error';
      log('unexpected', { reference, error });
    },
  };
}
