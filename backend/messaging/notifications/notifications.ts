import { randomUUID } from 'node:crypto';
import { findManagerOf } from '../../directories/find-manager.ts';
import type { TemplateName } from '../../../shared/api/mail-template.ts';
import type { MailAccount, MailValues, MailComposer } from '../mail/mail-composer.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Transaction, Store } from '../../store/store.ts';
import { distinctAddresses, recoveryAddressesOf } from './addresses-on-file.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';

/** The account concerned and its owner. */
export interface Owner {
  readonly accountId: string;
  readonly caseId?: string;
}

/** Queues prepared mails. They are sent if, and only if, the transaction is committed. */
export type PreparedNotice = (tx: Transaction) => Promise<void>;

/**
 * Notifies the owner of an account of events, at every address on file: never with a secret, always with "This was not me". The mails are queued in
 * the transaction of the change, so that a crash loses neither, and a change that is rolled back sends no mail.
 */
export interface Notifications {
  /**
   * The help desk reset the password; by policy, the manager is notified as well. `how` is a sentence about what was handed over to whom. Prepared
   * before the transaction, which blocks other writers.
   */
  preparePasswordReset(owner: Owner, how?: string): Promise<PreparedNotice>;
  /** Prepares the same notification for a one-time pass, which leaves the password unchanged. */
  prepareAccessPass(owner: Owner): Promise<PreparedNotice>;
  /** A link for a new password was sent. Notifies every address except the one with the link. */
  resetLinkSent(
    tx: Transaction,
    owner: Owner,
    link: { readonly to: string; readonly masked: string },
  ): Promise<void>;
  /** A new password was chosen. */
  passwordChanged(tx: Transaction, owner: Owner): Promise<void>;
  /** A caller asked for a reset and was refused. */
  caseRefused(tx: Transaction, owner: Owner): Promise<void>;
  /** Notifies every address, including the former one. */
  contactsChanged(tx: Transaction, changes: readonly ContactChange[]): Promise<void>;
  /**
   * An authenticator, a second factor, recovery codes or another way to sign in was added or removed; `what` such as "an authenticator was removed".
   */
  signInMethodChanged(tx: Transaction, owner: Owner, what: string): Promise<void>;
  /** A change right after a reset waits for an approver until `until` (milliseconds). */
  changeHeld(
    tx: Transaction,
    owner: Owner,
    change: { readonly what: string; readonly until: number },
  ): Promise<void>;
  /** A held change ended without taking effect; `how` is a sentence. */
  changeDropped(
    tx: Transaction,
    owner: Owner,
    change: { readonly what: string; readonly how: string },
  ): Promise<void>;
  accountFrozen(tx: Transaction, owner: Owner): Promise<void>;
  accountUnfrozen(tx: Transaction, owner: Owner): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly policy: PolicyInForce;
  readonly now: () => number;
}

export function createNotifications(collaborators: Collaborators): Notifications {
  const { store, mailer, mailComposer, policy, now } = collaborators;

  /** Reads the account and every address on file, within the change that notifies them. */
  const readOwner = async (db: Transaction | Store['db'], { accountId, caseId }: Owner) => {
    const { id, email, display_name, user_name, tier, ...named } = await db
      .selectFrom('accounts')
      .select(['id', 'email', 'display_name', 'user_name', 'tier'])
      .select(['manager', 'manager_id', 'manager_noted', 'directory_id'])
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    const added = await recoveryAddressesOf(db, accountId);
    return {
      account: { id, displayName: display_name, userName: user_name },
      caseId: caseId ?? null,
      named,
      tier,
      addresses: distinctAddresses([email, ...added.map(({ address }) => address)]),
    };
  };
  type Read = Awaited<ReturnType<typeof readOwner>>;

  const prepare = async (
    template: TemplateName,
    { account, caseId }: { account: MailAccount & { id: string }; caseId: string | null },
    to: string,
    values: MailValues = {},
    alongside?: Transaction,
  ): Promise<PreparedNotice> => {
    const mailId = randomUUID();
    const { content, saveLink } = await mailComposer.prepare(template, account, mailId, values, alongside);
    return async (tx) => {
      await saveLink(tx);
      const mail = { kind: 'notification', to, ...content, accountId: account.id, caseId } as const;
      await mailer.enqueue(mail, mailId, tx);
    };
  };

  const tell = async (
    tx: Transaction,
    template: TemplateName,
    owner: Owner,
    values: MailValues = {},
    { more = [], but }: { readonly more?: readonly (string | null)[]; readonly but?: string } = {},
  ) => {
    const read = await readOwner(tx, owner);
    for (const to of distinctAddresses([...read.addresses, ...more])) {
      if (to.toLowerCase() === but?.toLowerCase()) continue;
      const toFormer = !read.addresses.includes(to);
      const notice = await prepare(
        template,
        { ...read, account: { ...read.account, toFormer } },
        to,
        values,
        tx,
      );
      await notice(tx);
    }
  };

  /** The address of the manager, if policy requires a notification and the manager is known. */
  const managerOf = async ({ account, named, tier }: Read): Promise<string | null> => {
    const { manager: told } = (await policy.current()).document.notifications;
    if (told === 'never' || named.manager === null) return null;
    if (told === 'sensitive' && tier === 'standard') return null;
    const found = await findManagerOf(named, store.db, now());
    return found === null || found.id === account.id ? null : found.email;
  };

  /** Prepares the mails before a reset: to the owner and, if the policy requires it, to the manager. */
  const prepareReset = async (
    owner: Owner,
    kind: 'password-reset' | 'sign-in-method-changed',
    values: Readonly<Record<string, string>>,
  ): Promise<PreparedNotice> => {
    const read = await readOwner(store.db, owner);
    const notices = await Promise.all(read.addresses.map((address) => prepare(kind, read, address, values)));
    const manager = await managerOf(read);
    if (manager !== null) {
      const about = { account: { ...read.account, readBy: 'manager' as const }, caseId: read.caseId };
      notices.push(await prepare('manager-notice', about, manager));
    }
    return async (tx) => {
      for (const queue of notices) await queue(tx);
    };
  };

  return {
    preparePasswordReset: (owner, how = 'A temporary password was given to the caller.') =>
      prepareReset(owner, 'password-reset', { how }),
    prepareAccessPass: (owner) =>
      prepareReset(owner, 'sign-in-method-changed', {
        what: 'a one-time pass (Temporary Access Pass) was given to the person who called',
      }),
    resetLinkSent: (tx, owner, { to, masked }) =>
      tell(tx, 'reset-link-notice', owner, { what: masked }, { but: to }),
    passwordChanged: (tx, owner) => tell(tx, 'password-changed', owner),
    caseRefused: (tx, owner) => tell(tx, 'case-refused', owner),
    async contactsChanged(tx, changes) {
      for (const { accountId, what, former = null } of changes) {
        await tell(tx, 'contact-changed', { accountId }, { what }, { more: [former] });
      }
    },
    signInMethodChanged: (tx, owner, what) => tell(tx, 'sign-in-method-changed', owner, { what }),
    changeHeld: (tx, owner, { what, until }) => tell(tx, 'change-held', owner, { what, due: until }),
    changeDropped: (tx, owner, values) => tell(tx, 'change-dropped', owner, values),
    accountFrozen: (tx, owner) => tell(tx, 'account-frozen', owner),
    accountUnfrozen: (tx, owner) => tell(tx, 'account-unfrozen', owner),
  };
}
