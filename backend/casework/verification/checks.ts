import { randomUUID } from 'node:crypto';
import type { CheckKind } from '../../../shared/api/check.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import { assertOpen } from '../decision/case-context.ts';
import { decideAnswer, startRefusal } from '../decision/check-obstacle.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import { extendCase } from '../extend-case.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { ChecksTable } from '../../store/tables.ts';
import type { Check, CheckAnswer, CheckRegistry } from '../decision/check.ts';
import { recordVerdict, type AnswerOutcome } from './record-verdict.ts';
import { expireCheck, pendingCheck } from './settle-check.ts';
import { sweepExpiredChecks } from './expire-checks.ts';

export interface Checks {
  /** Starts a check: sends its code or question, or returns the number to call. */
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
  /** Expires the pending checks whose time is over. */
  sweepExpired(): Promise<void>;
}

const hour = 3_600_000;

interface Collaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly registry: CheckRegistry;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}

/** A rate limit for the owner's mailbox or phone over all cases and operators. Throws `request.rate-limited`. */
async function assertBelowHourlyLimit(
  tx: Transaction,
  accountId: string,
  { kind, limits }: Check,
  at: number,
): Promise<void> {
  const started = await tx
    .selectFrom('checks')
    .select('started_at')
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('started_at', '>', at - hour)
    .orderBy('started_at')
    .execute();
  if (started.length < limits.perHour) return;
  const until = new Date((started[0]?.started_at ?? at) + hour).toISOString();
  throw new Refusal('request.rate-limited', { until });
}

/** Starts, judges and settles the checks of a case and records them as evidence. Adapters contain what differs between the kinds. */
export function createChecks({ store, contexts, registry, keyed, now }: Collaborators): Checks {
  return {
    async start(caseId, kind, session, origin) {
      const checkId = randomUUID();
      const started = await store.change(origin, async (tx, record) => {
        const context = await contexts.read(caseId, session, tx);
        assertOpen(context);
        const adapter = registry.get(kind);
        const refusal = startRefusal(context, kind, adapter);
        if (refusal !== null || adapter === undefined) throw refusal ?? new Refusal('check.unavailable');
        const { found, policy, checks, at, offers } = context;
        const { account } = found;
        await assertBelowHourlyLimit(tx, account.id, adapter, at);
        const before = checks.find((check) => check.kind === kind);
        const operator = { ...session.operator, person: context.person };
        const { document } = policy;
        const subject = { account, operator, document, at, db: tx, tx };
        const boundTo = keyed.hash('destination', offers.get(kind)?.boundTo ?? '');
        if (before?.state === 'pending') {
          const isSame =
            before.expires_at > at && before.session_id === session.id && before.destination_hash === boundTo;
          if (isSame && adapter.numberAgain) {
            await extendCase(tx, caseId, at);
            const facts = { kind, check: before.id, destination: before.destination };
            await record({ action: 'check.number-shown', accountId: account.id, caseId, facts });
            return { callNumber: adapter.numberAgain(subject), deliver: null };
          }
          await expireCheck(tx, record, before, 'started again', at);
        }
        const made = await adapter.start({ ...subject, checkId, caseId, session });
        const offer = offers.get(kind);
        const check: ChecksTable = {
          id: checkId,
          case_id: caseId,
          account_id: account.id,
          operator_id: operator.id,
          session_id: session.id,
          kind,
          state: 'pending',
          code_hash: made.secretHash,
          destination: offer?.destination ?? null,
          destination_hash: boundTo,
          mail_id: made.messageId,
          asked_account_id: made.askedAccountId ?? null,
          // Tries belong to the case, so another code does not renew them.
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
        // The mail queue may have expired the check already.
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
        const context = await contexts.read(caseId, session, tx);
        assertOpen(context);
        const check = context.checks.find(({ id, kind }) => id === checkId && kind === given.kind);
        const adapter = registry.get(given.kind);
        if (!check || !adapter) throw new Refusal('check.not-found');
        const decision = decideAnswer(context, check, session);
        const { found, policy, at } = context;
        if (decision.kind === 'refuse') throw decision.refusal;
        if (decision.kind === 'expire') {
          await expireCheck(tx, record, check, decision.why, at);
          return 'expired';
        }
        await extendCase(tx, caseId, at);
        const { account } = found;
        const operator = { ...session.operator, person: context.person };
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
