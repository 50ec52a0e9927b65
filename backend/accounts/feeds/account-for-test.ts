import { defaultPolicy } from '../../../shared/api/policy.ts';
import { newDirectoryRow } from '../../directories/configured/directory-settings.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import { systemOrigin } from '../../store/append-event.ts';
import type { openForTest } from '../open-for-test.ts';
import { applyAccounts } from './apply-accounts.ts';

/** An account of a directory, about which it tells nothing more. */
export const accountForTest = (userName: string): ExternalAccount => ({
  key: `key ${userName}`,
  userName,
  displayName: userName,
  email: null,
  phones: [],
  employeeNumber: null,
  department: null,
  manager: null,
  isPrivileged: false,
  disabled: false,
  expiresAt: null,
  lockedSince: null,
  lockedUntil: null,
  lockedAt: null,
  passwordSetAt: null,
  mustChange: false,
  signsInElsewhere: false,
  createdAt: null,
  contactSetAt: { email: null, phone: null },
});

type Desk = Awaited<ReturnType<typeof openForTest>>;

/** A directory `one` whose accounts a test applies. */
export async function directoryForTest(desk: Desk) {
  await desk.store.writeUnaudited((tx) =>
    tx
      .insertInto('directories')
      .values(newDirectoryRow({ id: 'one', name: 'one', settings: { kind: 'ldap' }, now: 0 }))
      .execute(),
  );
  const directory = { id: 'one', name: 'one', external: { kind: 'ldap' } };
  /** The directories about whose held changes the administrators were told. */
  const told: string[] = [];
  const apply = (accounts: readonly ExternalAccount[], { newAccountsWait = false } = {}) =>
    desk.store.change(systemOrigin, async (tx, record) => {
      await applyAccounts(tx, record, directory as never, accounts, {
        policy: { ...defaultPolicy.accounts, phoneCountry: 'DE', newAccountsWait },
        changesHeld: () => {
          told.push(directory.name);
          return Promise.resolve();
        },
        now: desk.clock.at,
      });
      await record({ action: 'directory.read', facts: {} });
    });
  return {
    told,
    apply,
    /** Applies Zoe's account as it is read now. Answers when its contact data counts as changed, in milliseconds before now. */
    readZoe: async (account: Partial<ExternalAccount>, policy: { newAccountsWait?: boolean } = {}) => {
      const zoe = { ...accountForTest('zoe'), email: 'zoe@example.com', phones: ['+49 30 5550100'] };
      await apply([{ ...zoe, ...account }], policy);
      const { email_changed_at: email, phone_changed_at: phone } = await desk.store.db
        .selectFrom('accounts')
        .select(['email_changed_at', 'phone_changed_at'])
        .executeTakeFirstOrThrow();
      const ago = (at: number | null) => (at === null ? null : desk.clock.at - at);
      return { email: ago(email), phone: ago(phone) };
    },
    /** When the directory says that contact data was changed, in milliseconds before now. */
    setAgo: (ms: number) => ({ email: desk.clock.at - ms, phone: desk.clock.at - ms }),
  };
}
