import { randomUUID } from 'node:crypto';
import type { TemplateName } from '../../shared/api/mail-template.ts';
import type { ContactChange } from '../accounts/import/apply-batch.ts';
import type { Letters } from '../mail/letters.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { Change, Store } from '../store/store.ts';
import type { FindManager } from './find-manager.ts';

/** The account that something happened to. */
export interface Owner {
  readonly accountId: string;
  readonly email: string | null;
  readonly displayName: string;
  readonly caseId?: string;
}

/**
 * Tells the owner of an account, at every address on file, what happened to it: never with a secret, always with "This was not me". Called after the
 * commit and not waited for, since the caller on the phone does not wait either.
 */
/** Mails that are written: they leave if, and only if, the change that queues them is committed. */
export type PreparedNotice = (tx: Change) => Promise<void>;

export interface Notifications {
  /** The help desk reset the password; by policy the manager is told as well. `how` is a sentence about what was handed over to whom. */
  preparePasswordReset(owner: Owner, how?: string): Promise<PreparedNotice>;
  /** A new password was chosen. */
  passwordChanged(owner: Owner): void;
  /** Somebody asked for a reset and was refused. */
  caseRefused(owner: Owner): void;
  /** At the new address and at the one before. Settles when the mails wait in the queue: an import may bring many. */
  contactsChanged(changes: readonly ContactChange[]): Promise<void>;
  /** An authenticator, a second factor, recovery codes or another way to sign in came or went; `what` such as "an authenticator was removed". */
  signInMethodChanged(owner: Owner, what: string): void;
  accountFrozen(owner: Owner): void;
  accountUnfrozen(owner: Owner): void;
  /** Settles when every mail is in the queue, and tried once. */
  settled(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly mailer: Mailer;
  readonly letters: Letters;
  readonly policy: PolicyInForce;
  readonly findManager: FindManager;
  readonly onUnexpected: (where: string, thrown: unknown) => void;
}

const contactWords = { email: 'the e-mail address', phone: 'the phone number' } as const;

/** Each address once, however it is written. */
function addressesOf(...addresses: readonly (string | null)[]): string[] {
  const known = new Map<string, string>();
  for (const address of addresses) {
    if (address !== null && address !== '') known.set(address.toLowerCase(), address);
  }
  return [...known.values()];
}

export function createNotifications(collaborators: Collaborators): Notifications {
  const { store, mailer, letters, policy, findManager, onUnexpected } = collaborators;
  const running = new Set<Promise<unknown>>();
  const track = (work: Promise<unknown>) => {
    const tracked: Promise<unknown> = work
      .catch((thrown: unknown) => {
        onUnexpected('notification', thrown);
      })
      .finally(() => running.delete(tracked));
    running.add(tracked);
  };

  const accountOf = (accountId: string) =>
    store.db
      .selectFrom('accounts')
      .select(['user_name', 'manager', 'tier'])
      .where('id', '=', accountId)
      .executeTakeFirst();

  const send = async (
    template: TemplateName,
    { accountId, displayName, caseId = null }: Omit<Owner, 'email' | 'caseId'> & { caseId?: string | null },
    to: string,
    values: Parameters<Letters['write']>[3] = {},
  ) => {
    const mailId = randomUUID();
    const userName = (await accountOf(accountId))?.user_name ?? '';
    const account = { id: accountId, displayName, userName };
    const letter = await letters.write(template, account, mailId, values);
    await mailer.send({ kind: 'notification', to, ...letter, accountId, caseId }, mailId);
  };

  const tell = (template: TemplateName, owner: Owner, values: Parameters<Letters['write']>[3] = {}) => {
    for (const address of addressesOf(owner.email)) track(send(template, owner, address, values));
  };

  /** The address of who has to know by policy, if they are told and known. */
  const managerOf = async (owner: Owner): Promise<string | null> => {
    const { manager } = (await policy.current()).document.notifications;
    if (manager === 'never') return null;
    const account = await accountOf(owner.accountId);
    if (account?.manager == null) return null;
    if (manager === 'sensitive' && account.tier === 'standard') return null;
    const found = await findManager(account.manager);
    return found === null || found.accountId === owner.accountId ? null : found.email;
  };

  const prepare = async (
    template: TemplateName,
    owner: Owner,
    to: string,
    values: Parameters<Letters['write']>[3] = {},
  ): Promise<PreparedNotice> => {
    const mailId = randomUUID();
    const { accountId, displayName, caseId = null } = owner;
    const userName = (await accountOf(accountId))?.user_name ?? '';
    const { letter, keep } = await letters.prepare(
      template,
      { id: accountId, displayName, userName },
      mailId,
      values,
    );
    return async (tx) => {
      await keep(tx);
      await mailer.post({ kind: 'notification', to, ...letter, accountId, caseId }, mailId, tx);
    };
  };

  return {
    async preparePasswordReset(owner, how = 'A temporary password was given to the person who called.') {
      const notices = await Promise.all(
        addressesOf(owner.email).map((address) => prepare('password-reset', owner, address, { how })),
      );
      const manager = await managerOf(owner);
      if (manager !== null) notices.push(await prepare('manager-notice', owner, manager));
      return async (tx) => {
        for (const queue of notices) await queue(tx);
      };
    },
    passwordChanged: (owner) => {
      tell('password-changed', owner);
    },
    caseRefused: (owner) => {
      tell('case-refused', owner);
    },
    async contactsChanged(changes) {
      for (const { accountId, displayName, email, formerEmail, changed } of changes) {
        const what = changed.map((part) => contactWords[part]).join(' and ');
        for (const to of addressesOf(email, formerEmail)) {
          const mailId = randomUUID();
          const letter = await letters.write('contact-changed', { id: accountId, displayName }, mailId, {
            what,
          });
          await mailer.post({ kind: 'notification', to, ...letter, accountId, caseId: null }, mailId);
        }
      }
    },
    signInMethodChanged: (owner, what) => {
      tell('sign-in-method-changed', owner, { what });
    },
    accountFrozen: (owner) => {
      tell('account-frozen', owner);
    },
    accountUnfrozen: (owner) => {
      tell('account-unfrozen', owner);
    },
    settled: async () => {
      await Promise.allSettled(running);
    },
  };
}
