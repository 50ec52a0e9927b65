import { randomUUID } from 'node:crypto';
import type { Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import type { Store } from '../store/store.ts';

/** A reason that the sign-in page does not show and the owner learns by mail. */
export type SignInObstacle =
  'locked' | 'disabled' | 'expired' | 'not-started' | 'frozen' | 'no-local-password';

export interface SignInNotices {
  /** Starts a mail that tells the owner why the account cannot sign in; at most one a day for each reason. */
  send(account: AccountRow, obstacle: SignInObstacle, origin: Origin): void;
  /** Resolves when all started mails are queued. */
  settled(): Promise<void>;
}

const reasons: Readonly<Record<SignInObstacle, string>> = {
  locked:
    'Several wrong passwords were entered in a row, so the account is locked temporarily. If it was you, wait, or select “Forgot password?” on the sign-in page: a new password unlocks the account.',
  disabled: 'The password was correct, but the account is disabled. Contact the help desk for details.',
  expired: 'The password was correct, but the account has expired. Contact the help desk for details.',
  'not-started':
    'The password was correct, but the account cannot be used before its first day. Contact the help desk for details.',
  frozen:
    'The account is frozen because someone reported a reset that they had not asked for. The help desk must unfreeze it first.',
  'no-local-password':
    'Your organisation manages the password of this account elsewhere, so you cannot sign in here. The help desk can tell you where to sign in.',
};

const day = 24 * 3_600_000;

export function createSignInNotices({
  store,
  mailer,
  mailComposer,
  onUnexpected,
  now,
}: {
  store: Store;
  mailer: Mailer;
  mailComposer: MailComposer;
  onUnexpected: (where: string, thrown: unknown) => void;
  now: () => number;
}): SignInNotices {
  const running = new Set<Promise<unknown>>();
  const tell = async (account: AccountRow, obstacle: SignInObstacle, origin: Origin) => {
    const { id, email, display_name: displayName, user_name: userName } = account;
    if (email === null) return;
    const told = await store.db
      .selectFrom('owner_notices')
      .select('told_at')
      .where('account_id', '=', id)
      .where('why', '=', obstacle)
      .executeTakeFirst();
    if (told && told.told_at + day > now()) return;
    const mailId = randomUUID();
    const owner = { id, displayName, userName };
    const { content, saveLink } = await mailComposer.prepare('sign-in-obstacle', owner, mailId, {
      what: reasons[obstacle],
    });
    await store.change(origin, async (tx, record) => {
      await tx
        .insertInto('owner_notices')
        .values({ account_id: id, why: obstacle, told_at: now() })
        .onConflict((on) => on.columns(['account_id', 'why']).doUpdateSet({ told_at: now() }))
        .execute();
      await saveLink(tx);
      const mail = { kind: 'notification', to: email, ...content, accountId: id, caseId: null } as const;
      await mailer.enqueue(mail, mailId, tx);
      await record({ action: 'self-service.owner-told', accountId: id, facts: { why: obstacle } });
    });
  };

  return {
    send(account, obstacle, origin) {
      const telling: Promise<unknown> = tell(account, obstacle, origin)
        .catch((thrown: unknown) => {
          onUnexpected('notice to an owner', thrown);
        })
        .finally(() => running.delete(telling));
      running.add(telling);
    },
    settled: async () => {
      await Promise.allSettled(running);
    },
  };
}
