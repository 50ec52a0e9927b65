import { Refusal } from '../../refusal.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { Directory, DirectoryCapabilities } from '../directory.ts';
import { createBuiltInDirectory } from '../built-in/built-in-directory.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { DirectoryRegistry } from './directory-registry.ts';
import { createExternalRecords } from './external-records.ts';
import { createUnknownNameCourses } from './unknown-name-courses.ts';

/** The port to all directories: each call goes to the one that keeps the account. */
export function routeDirectories({
  store,
  registry,
  keyed,
  now,
}: {
  readonly store: Store;
  readonly registry: DirectoryRegistry;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}): Directory {
  const builtIn = createBuiltInDirectory({ store, now });
  const external = createExternalRecords({ store, now });
  const keeperOf = async (accountId: string, tx: Transaction) => {
    const row = await tx
      .selectFrom('accounts')
      .select('directory_id')
      .where('id', '=', accountId)
      .executeTakeFirst();
    return (row?.directory_id ?? null) === null ? builtIn : external;
  };
  return {
    async capabilitiesOf(account, tx): Promise<DirectoryCapabilities> {
      if (account.directory_id === null) return builtIn.capabilitiesOf(account);
      const configured = await registry.open(account.directory_id, tx).catch((thrown: unknown) => {
        if (thrown instanceof Refusal) return null;
        throw thrown;
      });
      if (configured === null)
        return {
          temporaryPassword: false,
          resetLink: false,
          keepOldPassword: false,
          unlock: false,
          accessPass: false,
          signInMethods: false,
          isOff: true,
        };
      const { capabilities } = configured.external;
      return {
        temporaryPassword: capabilities.temporaryPassword === true,
        resetLink: capabilities.temporaryPassword === true,
        keepOldPassword: capabilities.keepOldPassword === true,
        unlock: capabilities.unlock === true,
        accessPass: capabilities.accessPass === true,
        signInMethods: capabilities.signInMethods === true,
        isOff: false,
      };
    },
    async externalOf(account) {
      return account.directory_id === null ? null : registry.open(account.directory_id);
    },
    unknownNameCourses: createUnknownNameCourses({ store, keyed }),
    async get(accountId, tx) {
      const found = await builtIn.get(accountId, tx);
      return found === null || found.account.directory_id === null ? found : external.get(accountId, tx);
    },
    setTemporaryPassword: (secret, tx) => builtIn.setTemporaryPassword(secret, tx),
    unlock: (accountId, tx) => builtIn.unlock(accountId, tx),
    withdrawTemporaryPassword: async (accountId, tx) =>
      (await keeperOf(accountId, tx)).withdrawTemporaryPassword(accountId, tx),
    endSessions: async (accountId, tx) => (await keeperOf(accountId, tx)).endSessions(accountId, tx),
    dropTemporaryPassword: async (accountId, resetId, tx) =>
      (await keeperOf(accountId, tx)).dropTemporaryPassword(accountId, resetId, tx),
    noteOwnPassword: (accountId, setAt, tx) => external.noteOwnPassword(accountId, setAt, tx),
    setOwnPassword: async (accountId, hash, tx, keep) =>
      (await keeperOf(accountId, tx)).setOwnPassword(accountId, hash, tx, keep),
  };
}
