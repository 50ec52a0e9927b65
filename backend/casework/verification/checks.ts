import { randomUUID } from 'node:crypto';
import type { CheckKind } from '../../../shared/api/check.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import {
  assertOpen,
  extendCase,
  type CaseContext,
  type CaseContextReader,
} from '../decision/case-context.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { ChecksTable } from '../../store/tables.ts';
import type { Check, CheckAnswer, CheckRegistry } from '../decision/check.ts';
import { recordVerdict, type AnswerOutcome } from './record-verdict.ts';
import { expireCheck, pendingCheck } from './settle-check.ts';
import { sweepExpiredChecks } from './sweep-checks.ts';

export interface Checks {
  /** Sends what the check needs, or hands out the number to call. */
  start(
    caseId: string,
    kind: CheckKind,
    session: OperatorSession,
    origin: Origin,
  ): Promise<{ callNumber: string | null }>;
  answer(
    caseId: string,
    checkId: string,
    given: CheckAnswer,
    session: OperatorSession,
    origin: Origin,
  ): Promise<AnswerOutcome>;
  /** Settles checks whose time is over. */
  sweepExpired(): Promise<void>;
}

const hour = 3_600_000;

interface Collaborators {
  readonly store: Store;
  readonly context: CaseContextReader;
  readonly registry: CheckRegistry;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}

/** The checks of a case: started, answered, settled once, and recorded as evidence. What each kind does is its adapter's. */
export function createChecks({ store, context, registry, keyed, now }: Collaborators): Checks {
  function assertMayStart({ looks, obstacles, checks, counting, at }: CaseContext, kind: CheckKind): Check {
    const check = registry.get(kind);
    const obstacle = obstacles.get(kind);
    if (obstacle?.reason === 'locked-for-case') throw new Refusal('check.locked');
    if (obstacle?.reason === 'approver-only') throw new Refusal('check.approver-only');
    const passed = checks.some(({ id, kind: done }) => done === kind && counting.has(id));
    if (!check || !looks.has(kind) || obstacle || passed) {
      const detail = passed ? 'This check was passed already.' : (obstacle?.reason ?? 'not-offered');
      throw new Refusal('check.unavailable', { detail });
    }
    const last = checks.find((before) => before.kind === kind);
    if (last && last.started_at + check.limits.spacing > at) {
      const until = new Date(last.started_at + check.limits.spacing).toISOString();
      throw new Refusal('request.rate-limited', { until });
    }
    return check;
  }

  /** Nobody's mailbox or phone is a toy, whoever asks. */
  async function assertSpared(tx: Transaction, accountId: string, { kind, limits }: Check): Promise<void> {
    const started = await tx
      .selectFrom('checks')
      .select('started_at')
      .where('account_id', '=', accountId)
      .where('kind', '=', kind)
      .where('started_at', '>', now() - hour)
      .orderBy('started_at')
      .execute();
    if (started.length < limits.perHour) return;
    const until = new Date((started[0]?.started_at ?? now()) + hour).toISOString();
    throw new Refusal('request.rate-limited', { until });
  }

  return {
    async start(caseId, kind, session, origin) {
      const checkId = randomUUID();
      const started = await store.change(origin, async (tx, record) => {
        const read = await context.read(caseId, session, tx);
        assertOpen(read);
        const adapter = assertMayStart(read, kind);
        const { found, policy, checks, at, looks } = read;
        const { account } = found;
        await assertSpared(tx, account.id, adapter);
        const before = checks.find((check) => check.kind === kind);
        if (before?.state === 'pending') await expireCheck(tx, record, before, 'started again', at);
        const { operator } = session;
        const { document } = policy;
        const subject = { account, operator, document, at, db: tx, tx };
        const made = await adapter.start({ ...subject, checkId, caseId, session });
        const look = looks.get(kind);
        const check: ChecksTable = {
          id: checkId,
          case_id: caseId,
          account_id: account.id,
          operator_id: operator.id,
          session_id: session.id,
          kind,
          state: 'pending',
          code_hash: made.secretHash,
          destination: look?.destination ?? null,
          destination_hash: keyed.hash('destination', look?.boundTo ?? ''),
          mail_id: made.messageId,
          // Tries are the case's, not the code's: asking for another code buys none.
          tries_left: made.tries === null ? null : (before?.tries_left ?? made.tries),
          started_at: at,
          expires_at: at + made.validFor * 1000,
          settled_at: null,
        };
        await tx.insertInto('checks').values(check).execute();
        await extendCase(tx, caseId, at);
        await record({
          action: 'check.started',
          accountId: account.id,
          caseId,
          facts: { kind, check: checkId, destination: check.destination },
          policyVersion: policy.version,
        });
        return made;
      });
      const undelivered = started.deliver ? await started.deliver() : null;
      if (undelivered) {
        // The mail queue may have ended it already.
        const pending = await store.db
          .selectFrom('checks')
          .select('id')
          .where('id', '=', checkId)
          .where('state', '=', 'pending')
          .executeTakeFirst();
        if (pending) {
          await store.change(systemOrigin, async (tx, record) => {
            const check = await pendingCheck(tx, checkId);
            const why = 'not delivered';
            if (check) await expireCheck(tx, record, check, why, now());
            else await record({ action: 'check.expired', caseId, facts: { kind, why } });
          });
        }
        const { code, answer } = undelivered;
        throw new Refusal(code, { ...(answer !== null && { detail: answer }) });
      }
      return { callNumber: started.callNumber };
    },

    async answer(caseId, checkId, given, session, origin) {
      const outcome = await store.change(origin, async (tx, record): Promise<AnswerOutcome | 'expired'> => {
        const read = await context.read(caseId, session, tx);
        assertOpen(read);
        const check = read.checks.find(({ id, kind }) => id === checkId && kind === given.kind);
        const adapter = registry.get(given.kind);
        if (!check || !adapter) throw new Refusal('check.not-found');
        assertCheckOpen(check, session);
        const { found, policy, at, obstacles, looks } = read;
        const reason = obstacles.get(given.kind)?.reason;
        if (reason === 'approver-only') throw new Refusal('check.approver-only');
        const boundTo = looks.get(given.kind)?.boundTo ?? null;
        const moved =
          boundTo === null || !keyed.matches('destination', boundTo, check.destination_hash ?? '');
        if (check.expires_at <= at || moved) {
          await expireCheck(tx, record, check, moved ? 'contact changed' : 'time', at);
          return 'expired';
        }
        if (reason !== undefined) throw new Refusal('check.unavailable', { detail: reason });
        await extendCase(tx, caseId, at);
        const { account } = found;
        const { operator } = session;
        const subject = { account, operator, document: policy.document, at, db: tx, tx };
        const verdict = await adapter.answer(given as never, { ...subject, check, session });
        return recordVerdict(tx, record, check, verdict, { at, policyVersion: policy.version });
      });
      if (outcome === 'expired') throw new Refusal('check.expired');
      return outcome;
    },

    sweepExpired: () => sweepExpiredChecks(store, now),
  };
}

/** Throws unless the check waits for an answer from this session. */
function assertCheckOpen({ state, session_id }: ChecksTable, session: OperatorSession): void {
  if (state === 'locked') throw new Refusal('check.locked');
  if (state === 'expired') throw new Refusal('check.expired');
  if (state !== 'pending') throw new Refusal('check.settled');
  if (session_id !== session.id) throw new Refusal('check.other-session');
}
