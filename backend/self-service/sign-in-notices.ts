import { randomUUID } from 'node:crypto';
import type { Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import type { Store } from '../store/store.ts';

/** What the sign-in page tells nobody, and a mail the owner. */
export type SignInObstacle = 'locked' | 'disabled' | 'expired' | 'frozen' | 'no-local-password';

export interface SignInNotices {
  /** Tells the owner of an account by mail why it lets nobody in; once a day for each reason. Not waited for. */
  send(account: AccountRow, obstacle: SignInObstacle, origin: Origin): void;
  /** Settles when all that was begun is done. */
  settled(): Promise<void>;
}

const reasons: Readonly<Record<SignInObstacle, string>> = {
  locked:
    'Several wrong passwords were entered one after the other, so the account is locked for a while. If it was you, wait, or ask for a link with "Forgot Password?" at the sign-in page: a new password ends the lock.',
  disabled: 'The password was right, but the account is disabled. The help desk can tell you more.',
  expired: 'The password was right, but the account has expired. The help desk can tell you more.',
  frozen:
    'The account is frozen, because somebody reported a reset that was not asked for. The help desk must let it go first.',
  'no-local-password':
    'The account has no password here: sign in where your organisation keeps it. The help desk can tell you where that is.',
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
