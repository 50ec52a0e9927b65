import { randomUUID } from 'node:crypto';
import type { ResetAction } from '../../shared/api/case.ts';
import type { ResetView, revealWays } from '../../shared/api/reset.ts';
import { maskEmail } from '../accounts/mask.ts';
import type { Origin } from '../audit/append-event.ts';
import { recordingRefusal } from '../audit/record-refusal.ts';
import { actionObstacle, refusalFor } from '../cases/action-obstacle.ts';
import { assertWorkable, touch, type Standing, type StandingReader } from '../cases/standing.ts';
import type { Directory } from '../directory/directory.ts';
import { useApproval } from '../approvals/approvals.ts';
import { spendGrant } from '../grants/spend-grant.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Notifications } from '../notifications/notify-owner.ts';
import { assertProved } from '../operators/assert-proved.ts';
import type { OperatorSession } from '../operators/operator-session.ts';
import { hashPassword } from '../password-hashing/argon2.ts';
import { Refusal } from '../refusal.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Change, Record, Store } from '../store/store.ts';
import type { ResetsTable } from '../store/tables.ts';
import { generateTemporaryPassword } from '../temporary-passwords/generate-temporary-password.ts';
import type { PendingSecrets } from './pending-secrets.ts';
import { resetViewOf } from './reset-view.ts';
import { voidOpenLinks } from './void-open-links.ts';

export interface ResetRequest {
  readonly caseId: string;
  readonly grantId: string;
  readonly action: ResetAction;
  readonly key: string;
}

export interface Resets {
  /** Spends a grant. The same key again is the same reset, and gets the same answer while its secret may still be shown. */
  reset(
    request: ResetRequest,
    session: OperatorSession,
    origin: Origin,
  ): Promise<{ reset: ResetView; temporaryPassword: string | null }>;
  /** Records that the secret is about to be seen; answers when. */
  recordReveal(
    resetId: string,
    way: (typeof revealWays)[number],
    session: OperatorSession,
    origin: Origin,
  ): Promise<number>;
  /** The caller has it: the secret is forgotten and the case closed. */
  handOver(resetId: string, session: OperatorSession, origin: Origin): Promise<ResetView>;
  /** After a crash: resets whose outcome nobody wrote down. */
  settleUnfinished(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly standing: StandingReader;
  readonly directory: Directory;
  readonly mailer: Mailer;
  readonly notifications: Notifications;
  readonly secrets: PendingSecrets;
  readonly keyed: KeyedHash;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

const system: Origin = { actor: { kind: 'system' }, clientAddress: null, client: null };

/** A reset's way: intent, directory, outcome. */
export function createResets(collaborators: Collaborators): Resets {
  const { store, standing, directory, mailer, notifications, secrets, keyed, publicUrl, now } = collaborators;
  const running = new Map<string, ReturnType<Resets['reset']>>();

  const viewOf = async (resetId: string): Promise<ResetView> => {
    const reset = await store.db
      .selectFrom('resets')
      .selectAll()
      .where('id', '=', resetId)
      .executeTakeFirstOrThrow();
    const mail =
      reset.mail_id === null
        ? undefined
        : await store.db.selectFrom('mails').selectAll().where('id', '=', reset.mail_id).executeTakeFirst();
    return resetViewOf(reset, mail, { lost: false, now: now() });
  };

  /** The answer to a key that was used before, if it was. */
  const earlier = async ({ caseId, grantId, action, key }: ResetRequest, session: OperatorSession) => {
    const made = await store.db
      .selectFrom('resets')
      .selectAll()
      .where('operator_id', '=', session.operator.id)
      .where('idempotency_key', '=', key)
      .executeTakeFirst();
    if (!made) return null;
    if (made.case_id !== caseId || made.grant_id !== grantId || made.action !== action) {
      throw new Refusal('reset.key-reused');
    }
    if (made.state === 'intended') throw new Refusal('reset.in-progress');
    if (made.state === 'unknown') throw new Refusal('reset.outcome-unknown');
    if (made.state === 'failed') throw new Refusal('mail.failed');
    const temporaryPassword = secrets.get(made.id);
    if (action === 'temporary-password' && temporaryPassword === null) throw new Refusal('reset.secret-gone');
    return { reset: await viewOf(made.id), temporaryPassword };
  };

  const assertMayReset = (read: Standing, action: ResetAction, session: OperatorSession): void => {
    assertWorkable(read);
    const obstacle = actionObstacle(read, action, { session, directory, held: secrets.has });
    if (obstacle !== null) throw new Refusal(refusalFor[obstacle]);
    assertProved(session, read.policy.document.operatorSession.reauthenticateAfter, now());
  };

  /** Spends the grant and writes the intent; everything that could refuse a reset is asked here, in its transaction. */
  const intend = async (
    tx: Change,
    record: Record,
    { caseId, grantId, action, key }: ResetRequest,
    session: OperatorSession,
    resetId: string,
  ): Promise<{ read: Standing; reset: ResetsTable }> => {
    const read = await standing.read(caseId, session, tx);
    const grant = await tx.selectFrom('grants').select('id').where('id', '=', grantId).executeTakeFirst();
    const { policy, found } = read;
    // A grant that is there says most exactly what is wrong with this use of it.
    if (grant) {
      await spendGrant(
        tx,
        {
          grantId,
          caseId,
          accountId: found.account.id,
          operatorId: session.operator.id,
          sessionId: session.id,
          action,
          policyVersion: policy.version,
        },
        now(),
      );
    }
    assertMayReset(read, action, session);
    if (!grant) throw new Refusal('grant.not-found');
    const { temporaryPassword, resetLink } = policy.document;
    const reset: ResetsTable = {
      id: resetId,
      case_id: caseId,
      account_id: found.account.id,
      operator_id: session.operator.id,
      grant_id: grantId,
      action,
      idempotency_key: key,
      state: 'intended',
      intended_at: now(),
      settled_at: null,
      failure: null,
      valid_until: now() + (action === 'reset-link' ? resetLink : temporaryPassword).validFor * 1000,
      sessions_ended: 0,
      unlocked: 0,
      sent_to: null,
      mail_id: null,
      revealed_at: null,
      handed_over_at: null,
      opened_at: null,
      used_at: null,
      password_set_at: null,
      voided_at: null,
      resent: 0,
      resent_at: null,
      revoked_at: null,
    };
    await tx.insertInto('resets').values(reset).execute();
    const approval = read.approvedFor(action);
    if (approval) await useApproval(tx, approval.id);
    await touch(tx, caseId, now());
    await record({
      action: 'reset.intended',
      accountId: found.account.id,
      caseId,
      facts: { action, reset: resetId },
      policyVersion: policy.version,
    });
    return { read, reset };
  };

  const setTemporary = async (request: ResetRequest, session: OperatorSession, origin: Origin) => {
    const resetId = randomUUID();
    const value = generateTemporaryPassword();
    // Outside the transaction, which would otherwise keep everybody waiting for the hash.
    const hash = await hashPassword(value);
    const { account, validUntil } = await store.change(origin, async (tx, record) => {
      const { read, reset } = await intend(tx, record, request, session, resetId);
      const accountId = read.found.account.id;
      const until = reset.valid_until ?? now();
      const outcome = await directory.setTemporaryPassword(
        { accountId, hash, value, validUntil: until, resetId },
        tx,
      );
      await voidOpenLinks(tx, record, accountId, now(), 'reset');
      await tx
        .updateTable('resets')
        .set({
          state: 'done',
          settled_at: now(),
          sessions_ended: outcome.sessionsEnded,
          unlocked: outcome.unlocked ? 1 : 0,
        })
        .where('id', '=', resetId)
        .execute();
      await record({
        action: 'reset.done',
        accountId,
        caseId: request.caseId,
        facts: { action: request.action, reset: resetId, ...outcome },
        policyVersion: read.policy.version,
      });
      return { account: read.found.account, validUntil: until };
    });
    secrets.keep(resetId, value, validUntil);
    const { id: accountId, email, display_name: displayName } = account;
    notifications.passwordReset({ accountId, email, displayName, caseId: request.caseId });
    return { reset: await viewOf(resetId), temporaryPassword: value };
  };

  const sendLink = async (request: ResetRequest, session: OperatorSession, origin: Origin) => {
    const resetId = randomUUID();
    const mailId = randomUUID();
    const token = randomToken();
    const { read, reset } = await store.change(origin, async (tx, record) => {
      const intended = await intend(tx, record, request, session, resetId);
      const { account } = intended.read.found;
      await voidOpenLinks(tx, record, account.id, now(), 'newer-link');
      await tx
        .insertInto('reset_links')
        .values({
          id: randomUUID(),
          account_id: account.id,
          reset_id: resetId,
          token_hash: keyed.hash('reset-link', token),
          created_at: now(),
          expires_at: intended.reset.valid_until ?? now(),
          opened_at: null,
          used_at: null,
          voided_at: null,
        })
        .execute();
      await tx
        .updateTable('resets')
        .set({ mail_id: mailId, sent_to: maskEmail(account.email) })
        .where('id', '=', resetId)
        .execute();
      await record({
        action: 'reset-link.issued',
        accountId: account.id,
        caseId: request.caseId,
        facts: { reset: resetId, sentTo: maskEmail(account.email) },
      });
      return intended;
    });
    const { account } = read.found;
    const hours = Math.round(((reset.valid_until ?? 0) - reset.intended_at) / 3_600_000);
    const sent = await mailer.send(
      {
        kind: 'reset-link',
        to: account.email ?? '',
        subject: 'Set a new password',
        text: linkText(account.display_name, `${publicUrl()}/reset/${token}`, hours),
        accountId: account.id,
        caseId: request.caseId,
        ...(reset.valid_until !== null && { goodUntil: reset.valid_until }),
      },
      mailId,
    );
    const failed = await store.change(origin, async (tx, record) => {
      // As it stands now: the server may have answered since the patience for it was over.
      const mail = await tx
        .selectFrom('mails')
        .select('state')
        .where('id', '=', mailId)
        .executeTakeFirstOrThrow();
      const refused = mail.state === 'failed';
      await tx
        .updateTable('resets')
        .set({
          state: refused ? 'failed' : 'done',
          settled_at: now(),
          failure: refused ? 'mail.failed' : null,
        })
        .where('id', '=', resetId)
        .execute();
      if (refused) await voidOpenLinks(tx, record, account.id, now(), 'mail-failed');
      await record({
        action: refused ? 'reset.failed' : 'reset.done',
        outcome: refused ? 'failed' : 'done',
        accountId: account.id,
        caseId: request.caseId,
        facts: { action: request.action, reset: resetId },
      });
      return refused;
    });
    if (failed) throw new Refusal('mail.failed', { ...(sent.answer !== null && { detail: sent.answer }) });
    return { reset: await viewOf(resetId), temporaryPassword: null };
  };

  const ownReset = async (tx: Change, resetId: string, session: OperatorSession): Promise<ResetsTable> => {
    const reset = await tx.selectFrom('resets').selectAll().where('id', '=', resetId).executeTakeFirst();
    if (!reset || reset.state !== 'done') throw new Refusal('reset.not-found');
    if (reset.operator_id !== session.operator.id) throw new Refusal('case.not-yours');
    return reset;
  };

  // A link whose mail is refused later, after waiting in the queue, ends as one that is refused at once.
  mailer.whenSettled(async (tx, record, { mailId, kind, state }) => {
    if (kind !== 'reset-link' || state !== 'failed') return;
    const reset = await tx
      .selectFrom('resets')
      .selectAll()
      .where('mail_id', '=', mailId)
      .where('state', '=', 'done')
      .executeTakeFirst();
    if (!reset) return;
    await tx
      .updateTable('resets')
      .set({ state: 'failed', failure: 'mail.failed' })
      .where('id', '=', reset.id)
      .execute();
    await voidOpenLinks(tx, record, reset.account_id, now(), 'mail-failed');
    await record({
      action: 'reset.failed',
      outcome: 'failed',
      accountId: reset.account_id,
      caseId: reset.case_id,
      facts: { action: reset.action, reset: reset.id },
    });
  });

  return {
    async reset(request, session, origin) {
      const key = `${session.operator.id} ${request.key}`;
      const same = running.get(key);
      // The same press of the button, sent again while the first is still under way.
      if (same) {
        await same.catch(() => undefined);
        const answered = await earlier(request, session);
        if (answered) return answered;
        return same;
      }
      const work = (async () => {
        const answered = await earlier(request, session);
        if (answered) return answered;
        return recordingRefusal(
          store,
          origin,
          { action: 'reset.refused', caseId: request.caseId },
          async () => {
            // Asked before the costly hash as well; what counts is the answer within the transaction.
            const read = await standing.read(request.caseId, session);
            assertWorkable(read);
            if (!read.assurance.met) throw new Refusal('assurance.not-enough');
            return request.action === 'temporary-password'
              ? setTemporary(request, session, origin)
              : sendLink(request, session, origin);
          },
        );
      })();
      running.set(key, work);
      try {
        return await work;
      } finally {
        running.delete(key);
      }
    },

    recordReveal: (resetId, way, session, origin) =>
      store.change(origin, async (tx, record) => {
        const reset = await ownReset(tx, resetId, session);
        const over = (reset.valid_until ?? 0) <= now() || reset.handed_over_at !== null;
        if (reset.action !== 'temporary-password' || over || reset.password_set_at !== null) {
          throw new Refusal('reset.not-found');
        }
        await tx
          .updateTable('resets')
          .set({ revealed_at: reset.revealed_at ?? now() })
          .where('id', '=', resetId)
          .execute();
        await touch(tx, reset.case_id, now());
        await record({
          action: `reset.secret-${way}`,
          accountId: reset.account_id,
          caseId: reset.case_id,
          facts: { reset: resetId },
        });
        return now();
      }),

    async handOver(resetId, session, origin) {
      const reset = await store.db
        .selectFrom('resets')
        .selectAll()
        .where('id', '=', resetId)
        .executeTakeFirst();
      if (reset?.handed_over_at == null || reset.operator_id !== session.operator.id) {
        await store.change(origin, async (tx, record) => {
          const own = await ownReset(tx, resetId, session);
          await tx.updateTable('resets').set({ handed_over_at: now() }).where('id', '=', resetId).execute();
          const about = { accountId: own.account_id, caseId: own.case_id };
          await record({ action: 'reset.handed-over', facts: { action: own.action }, ...about });
          const { numUpdatedRows } = await tx
            .updateTable('cases')
            .set({ state: 'closed', ended_at: now() })
            .where('id', '=', own.case_id)
            .where('state', '=', 'open')
            .executeTakeFirst();
          if (numUpdatedRows === 1n) await record({ action: 'case.closed', ...about });
        });
      }
      secrets.forget(resetId);
      return viewOf(resetId);
    },

    async settleUnfinished() {
      const unfinished = await store.db
        .selectFrom('resets')
        .selectAll()
        .where('state', '=', 'intended')
        .execute();
      for (const reset of unfinished) {
        await store.change(system, async (tx, record) => {
          // A link whose mail may or may not have left: it is voided, so that a new one can be sent without two being good.
          await voidOpenLinks(tx, record, reset.account_id, now(), 'crash');
          await tx
            .updateTable('resets')
            .set({ state: 'unknown', settled_at: now(), failure: 'crash' })
            .where('id', '=', reset.id)
            .execute();
          await record({
            action: 'reset.settled-after-crash',
            outcome: 'failed',
            accountId: reset.account_id,
            caseId: reset.case_id,
            facts: { action: reset.action, reset: reset.id },
          });
        });
      }
    },
  };
}

function linkText(displayName: string, link: string, hours: number): string {
  return [
    `Hello ${displayName},`,
    '',
    'The help desk sent you this link, with which you set a new password:',
    '',
    link,
    '',
    `It can be used once, and for ${hours} hours at most. Nobody at the help desk will ever ask you for it.`,
    '',
    'If you did not ask for it, do not open it, and call the help desk on a number that you know.',
    '',
  ].join('\n');
}
