import { sql } from 'kysely';
import { systemOrigin, type Origin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';
import { createSettleInDirectory, isDirectoryPending, type InterruptedReset } from './settle-in-directory.ts';
import { voidOpenLinks } from './void-open-links.ts';

/** What is known about the message of a reset: it went to its reader, it never will, or neither is known yet. */
type Delivery = 'sent' | 'not-sent' | 'unknown';

/** The error code that a failed reset stores, by channel. */
export const sendingFailed = { mail: 'mail.failed', text: 'text.failed' } as const;

const isLink = ({ action }: ResetsTable): boolean => action === 'reset-link';

/** States of resets whose message may have left, so that their outcome can still be settled. */
const unsettledStates = ['intended', 'unknown'] as const;

/** The delivery that a mail's state means. A secret in an outbox is readable by operators, so it does not count as sent to its owner. */
function deliveryOf(reset: ResetsTable, state: string | undefined): Delivery {
  switch (state) {
    case 'accepted':
    case 'bounced':
      return 'sent';
    case 'kept-in-outbox':
      return isLink(reset) ? 'sent' : 'not-sent';
    // Without a row, the message was never handed over: the row is written before its first attempt.
    case undefined:
    case 'failed':
    case 'withdrawn':
      return 'not-sent';
    default:
      return 'unknown';
  }
}

/** The state of the mail or text that carries the reset's link or password. */
async function messageState(tx: Transaction, reset: ResetsTable): Promise<string | undefined> {
  if (reset.sent_by !== 'text') {
    const mail = tx
      .selectFrom('mails')
      .select('state')
      .where('id', '=', reset.mail_id ?? '');
    return (await mail.executeTakeFirst())?.state;
  }
  const text = await tx
    .selectFrom('text_messages')
    .select('state')
    .where('case_id', '=', reset.case_id)
    .where('kind', '=', 'temporary-password')
    .where('queued_at', '>=', reset.intended_at)
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return text?.state;
}

async function deliveryIn(tx: Transaction, reset: ResetsTable): Promise<Delivery> {
  // A used link proves that its mail was received.
  if (reset.used_at !== null || reset.password_set_at !== null) return 'sent';
  return deliveryOf(reset, await messageState(tx, reset));
}

export interface SettleReset {
  /** Writes the outcome of a reset whose message was sent or queued. */
  done(tx: Transaction, record: RecordEvent, reset: ResetsTable): Promise<void>;
  /** Fails a reset whose message does not reach its reader: its link is voided, its password dropped. */
  failed(tx: Transaction, record: RecordEvent, reset: ResetsTable): Promise<void>;
  /** Writes the outcome after the first attempt to send, unless it is known already. Returns whether the reset has failed. */
  conclude(
    origin: Origin,
    resetId: string,
    isUndelivered: (tx: Transaction) => Promise<boolean>,
  ): Promise<boolean>;
  /** Settles one reset by what is known about its message, or by what its directory tells. */
  one(resetId: string): Promise<void>;
  /**
   * Settles the resets with an intent and no outcome, because the answer to the last change was lost or the backend ended. A secret that a user may
   * have stays valid. `isActive`: a call of this backend is working on the reset of that operator and idempotency key. Without `asksDirectories`, resets
   * that only their directory can settle are left to the next sweep.
   */
  sweep(
    isActive: (operatorId: string, key: string) => boolean,
    options?: { readonly asksDirectories?: boolean },
  ): Promise<void>;
}

/** Thrown to make no change: the reset was settled, or nothing new is known about it. */
class NothingToSettle extends Error {}

const about = (reset: ResetsTable) => ({ accountId: reset.account_id, caseId: reset.case_id });
const factsOf = (reset: ResetsTable) => ({ action: reset.action, reset: reset.id });

/** Settles every reset with an intent and no outcome by `settleOne`. */
const createSweep =
  (store: Store, settleOne: SettleReset['one']): SettleReset['sweep'] =>
  async (isActive, { asksDirectories = true } = {}) => {
    const unsettled = await store.db
      .selectFrom('resets')
      .selectAll()
      // A literal, so that the partial index serves it on both databases.
      .where('state', '=', sql.lit('intended'))
      .execute();
    const failures: unknown[] = [];
    for (const reset of unsettled) {
      const { id, operator_id, idempotency_key } = reset;
      if (isActive(operator_id, idempotency_key)) continue;
      if (!asksDirectories && isDirectoryPending(reset)) continue;
      // A reset that cannot be settled must not delay the others.
      await settleOne(id).catch((thrown: unknown) => failures.push(thrown));
    }
    if (failures.length > 0) throw failures[0];
  };

/** Writes the outcomes of resets: message sent, message lost, or password lost with the backend. */
function createOutcomes({ directory, now }: Pick<ResetCollaborators, 'directory' | 'now'>) {
  const done: SettleReset['done'] = async (tx, record, reset) => {
    await tx
      .updateTable('resets')
      .set({
        state: 'done',
        settled_at: now(),
        failure: null,
        // A sealed password counts as seen: it was sent to the user, and the operator never sees it.
        ...(reset.delivery_mode === 'sealed' && { revealed_at: now() }),
      })
      .where('id', '=', reset.id)
      .execute();
    const sealed = isLink(reset)
      ? {}
      : { deliveryMode: reset.delivery_mode, oldPassword: reset.old_password };
    await record({ action: 'reset.done', ...about(reset), facts: { ...factsOf(reset), ...sealed } });
  };

  const failed: SettleReset['failed'] = async (tx, record, reset) => {
    // A link that was voided before may have a successor, which stays valid.
    if (!isLink(reset)) await directory.dropTemporaryPassword(reset.account_id, reset.id, tx);
    else if (reset.voided_at === null)
      await voidOpenLinks(tx, record, reset.account_id, now(), 'mail-failed');
    await tx
      .updateTable('resets')
      .set({
        state: 'failed',
        settled_at: now(),
        failure: sendingFailed[reset.sent_by === 'text' ? 'text' : 'mail'],
      })
      .where('id', '=', reset.id)
      .execute();
    await record({ action: 'reset.failed', outcome: 'failed', ...about(reset), facts: factsOf(reset) });
  };

  /** Settles a reset whose password is lost with the backend that set it: nothing was changed, or that is not known. */
  const interrupted = async (
    tx: Transaction,
    record: RecordEvent,
    reset: ResetsTable,
    state: 'failed' | 'unknown',
  ): Promise<void> => {
    await tx
      .updateTable('resets')
      .set({ state, settled_at: now(), failure: 'crash' })
      .where('id', '=', reset.id)
      .execute();
    await record({
      action: state === 'failed' ? 'reset.failed' : 'reset.settled-after-crash',
      outcome: 'failed',
      ...about(reset),
      facts: { ...factsOf(reset), fault: 'crash' },
    });
  };
  return { done, failed, interrupted };
}

/** The one place that writes the outcome of a reset whose secret or link is sent. */
export function createSettleReset({
  store,
  directory,
  notifications,
  secrets,
  now,
}: Pick<ResetCollaborators, 'store' | 'directory' | 'notifications' | 'secrets' | 'now'>): SettleReset {
  const inDirectory = createSettleInDirectory({ store, directory, notifications, now });
  const { done, failed, interrupted } = createOutcomes({ directory, now });
  const settleByDirectory = async (
    tx: Transaction,
    record: RecordEvent,
    reset: ResetsTable,
    told: InterruptedReset | null,
  ): Promise<void> => {
    if (told === null || told.verdict === 'too-early') throw new NothingToSettle();
    if (told.verdict === 'set') return inDirectory.done(tx, record, reset, told);
    return interrupted(tx, record, reset, told.verdict === 'not-set' ? 'failed' : 'unknown');
  };

  /** Runs a change about the current state of the reset. */
  const settle = (
    origin: Origin,
    resetId: string,
    work: (tx: Transaction, record: RecordEvent, reset: ResetsTable) => Promise<void>,
  ): Promise<void> =>
    store
      .change(origin, async (tx, record) => {
        const reset = await tx
          .selectFrom('resets')
          .selectAll()
          .where('id', '=', resetId)
          .where('state', 'in', [...unsettledStates])
          .executeTakeFirst();
        if (!reset) throw new NothingToSettle();
        await work(tx, record, reset);
      })
      .catch((thrown: unknown) => {
        if (!(thrown instanceof NothingToSettle)) throw thrown;
      });
  const hasFailed = async (resetId: string): Promise<boolean> => {
    const reset = store.db.selectFrom('resets').select('state').where('id', '=', resetId);
    return (await reset.executeTakeFirst())?.state === 'failed';
  };

  const one = async (resetId: string): Promise<void> => {
    const intended = await store.db
      .selectFrom('resets')
      .selectAll()
      .where('id', '=', resetId)
      .executeTakeFirst();
    const told = intended && isDirectoryPending(intended) ? await inDirectory.ask(intended) : null;
    await settle(systemOrigin, resetId, async (tx, record, reset) => {
      if (isDirectoryPending(reset)) return settleByDirectory(tx, record, reset, told);
      const delivery = await deliveryIn(tx, reset);
      if (delivery === 'sent') return done(tx, record, reset);
      if (delivery === 'not-sent') return failed(tx, record, reset);
      if (reset.state !== 'intended') throw new NothingToSettle();
      return interrupted(tx, record, reset, 'unknown');
    });
    if (secrets.has(resetId) && (await hasFailed(resetId))) secrets.delete(resetId);
  };

  return {
    done,
    failed,
    one,
    async conclude(origin, resetId, isUndelivered) {
      await settle(origin, resetId, async (tx, record, reset) =>
        (await isUndelivered(tx)) ? failed(tx, record, reset) : done(tx, record, reset),
      );
      return hasFailed(resetId);
    },
    sweep: createSweep(store, one),
  };
}
