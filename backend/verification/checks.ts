import { randomUUID } from 'node:crypto';
import type { CheckKind } from '../../shared/api/check.ts';
import type { answerCheck } from '../../shared/api/check-calls.ts';
import type { z } from 'zod';
import { maskEmail, maskPhone } from '../accounts/mask.ts';
import type { Origin } from '../audit/append-event.ts';
import {
  assertWorkable,
  destinationKey,
  destinationOf,
  touch,
  type Standing,
  type StandingReader,
} from '../cases/standing.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { OperatorSession } from '../operators/operator-session.ts';
import { Refusal } from '../refusal.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Change, Record, Store } from '../store/store.ts';
import type { ChecksTable, EvidenceTable } from '../store/tables.ts';
import { builtKinds } from './built-kinds.ts';
import { grouped, newCode, readCode } from './one-time-code.ts';

export type CheckAnswer = z.output<typeof answerCheck.body>;
export type AnswerOutcome = 'passed' | 'wrong' | 'failed' | 'locked';

export interface Checks {
  /** Mails the code, or hands out the number to call. */
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

/** Milliseconds between two codes in one case, and codes to one account in an hour: nobody's mailbox is a toy. */
const resendAfter = 20_000;
const mostCodesPerHour = 10;
const hour = 3_600_000;

const system: Origin = { actor: { kind: 'system' }, clientAddress: null, client: null };

interface Collaborators {
  readonly store: Store;
  readonly standing: StandingReader;
  readonly mailer: Mailer;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}

/** The checks of a case: started, answered, settled once, and recorded as evidence. */
export function createChecks({ store, standing, mailer, keyed, now }: Collaborators): Checks {
  /** Ends a check and writes its evidence, in the transaction of what settled it. */
  async function settle(
    tx: Change,
    check: ChecksTable,
    state: 'passed' | 'failed' | 'expired' | 'locked',
    note: string | null,
  ): Promise<void> {
    const at = now();
    await tx
      .updateTable('checks')
      .set({ state, settled_at: at, code_hash: null })
      .where('id', '=', check.id)
      .execute();
    const outcome = state === 'locked' ? 'failed' : state;
    const { case_id, account_id, operator_id, session_id, kind } = check;
    const evidence: EvidenceTable = {
      id: randomUUID(),
      check_id: check.id,
      case_id,
      account_id,
      operator_id,
      session_id,
      kind,
      outcome,
      note,
      at,
    };
    await tx.insertInto('evidence').values(evidence).execute();
  }

  const expire = async (tx: Change, record: Record, check: ChecksTable, why: string) => {
    await settle(tx, check, 'expired', null);
    await record({
      action: 'check.expired',
      accountId: check.account_id,
      caseId: check.case_id,
      facts: { kind: check.kind, why },
    });
  };

  function assertMayStart({ obstacles, checks, at }: Standing, kind: CheckKind): void {
    if (!builtKinds.includes(kind)) throw new Refusal('check.unavailable');
    const obstacle = obstacles.get(kind);
    if (obstacle?.reason === 'locked-for-case') throw new Refusal('check.locked');
    if (obstacle?.reason === 'approver-only') throw new Refusal('check.approver-only');
    const passed = checks.some((check) => check.kind === kind && check.state === 'passed');
    if (obstacle || passed) {
      throw new Refusal('check.unavailable', {
        detail: obstacle?.reason ?? 'This check was passed already.',
      });
    }
    const last = checks.find((check) => check.kind === kind);
    if (kind === 'emailed-code' && last && last.started_at + resendAfter > at) {
      throw new Refusal('request.rate-limited', {
        until: new Date(last.started_at + resendAfter).toISOString(),
      });
    }
  }

  async function assertMailboxSpared(tx: Change, accountId: string): Promise<void> {
    const since = now() - hour;
    const sent = await tx
      .selectFrom('checks')
      .select('started_at')
      .where('account_id', '=', accountId)
      .where('kind', '=', 'emailed-code')
      .where('started_at', '>', since)
      .orderBy('started_at')
      .execute();
    if (sent.length >= mostCodesPerHour) {
      throw new Refusal('request.rate-limited', {
        until: new Date((sent[0]?.started_at ?? now()) + hour).toISOString(),
      });
    }
  }

  return {
    async start(caseId, kind, session, origin) {
      const id = randomUUID();
      const mailId = randomUUID();
      const made = await store.change(origin, async (tx, record) => {
        const read = await standing.read(caseId, session, tx);
        assertWorkable(read);
        assertMayStart(read, kind);
        const { found, policy, checks, at } = read;
        const { document } = policy;
        const mail = kind === 'emailed-code';
        if (mail) await assertMailboxSpared(tx, found.account.id);
        const before = checks.find((check) => check.kind === kind);
        if (before?.state === 'pending') await expire(tx, record, before, 'started again');
        const destination = destinationOf(kind, found) ?? '';
        const code = newCode(document.code.digits);
        const check: ChecksTable = {
          id,
          case_id: caseId,
          account_id: found.account.id,
          operator_id: session.operator.id,
          session_id: session.id,
          kind,
          state: 'pending',
          code_hash: mail ? keyed.hash('one-time-code', `${id} ${code}`) : null,
          destination: mail ? maskEmail(destination) : maskPhone(destination),
          destination_hash: keyed.hash('destination', destinationKey(kind, destination)),
          mail_id: mail ? mailId : null,
          // Tries are the case's, not the code's: asking for another code buys none.
          tries_left: mail ? (before?.tries_left ?? document.code.tries) : null,
          started_at: at,
          expires_at: at + (mail ? document.code.validFor : document.callBack.validFor) * 1000,
          settled_at: null,
        };
        await tx.insertInto('checks').values(check).execute();
        await touch(tx, caseId, at);
        await record({
          action: 'check.started',
          accountId: found.account.id,
          caseId,
          facts: { kind, destination: check.destination },
          policyVersion: policy.version,
        });
        return { code, destination, accountId: found.account.id, validFor: document.code.validFor };
      });
      if (kind === 'call-back') return { callNumber: made.destination };
      const sent = await mailer.send(
        {
          kind: 'code',
          to: made.destination,
          subject: 'Your verification code',
          text: codeText(made.code, made.validFor),
          accountId: made.accountId,
          caseId,
        },
        mailId,
      );
      if (sent.state === 'failed') {
        await store.change(system, async (tx, record) => {
          const check = await pendingCheck(tx, caseId, id);
          if (check) await expire(tx, record, check, 'mail failed');
          else await record({ action: 'check.expired', caseId, facts: { kind, why: 'mail failed' } });
        });
        throw new Refusal('mail.failed', { ...(sent.answer !== null && { detail: sent.answer }) });
      }
      return { callNumber: null };
    },

    async answer(caseId, checkId, given, session, origin) {
      const outcome = await store.change(origin, async (tx, record): Promise<AnswerOutcome | 'expired'> => {
        const read = await standing.read(caseId, session, tx);
        assertWorkable(read);
        const check = read.checks.find(({ id, kind }) => id === checkId && kind === given.kind);
        if (!check) throw new Refusal('check.not-found');
        if (check.state === 'locked') throw new Refusal('check.locked');
        if (check.state === 'expired') throw new Refusal('check.expired');
        if (check.state !== 'pending') throw new Refusal('check.settled');
        const { found, policy, at, obstacles } = read;
        if (obstacles.get(given.kind)?.reason === 'approver-only') throw new Refusal('check.approver-only');
        const destination = destinationOf(given.kind, found);
        const moved =
          destination === null ||
          !keyed.matches(
            'destination',
            destinationKey(given.kind, destination),
            check.destination_hash ?? '',
          );
        if (check.expires_at <= at || moved) {
          await expire(tx, record, check, moved ? 'contact changed' : 'time');
          return 'expired';
        }
        await touch(tx, caseId, at);
        const about = { accountId: found.account.id, caseId, policyVersion: policy.version };
        const { kind } = given;
        if (given.kind === 'call-back') {
          const passed = given.outcome === 'confirmed';
          // Nobody answering is no sign of a wrong caller; somebody who knows of no call is.
          const state = passed ? 'passed' : given.outcome === 'denied' ? 'failed' : 'expired';
          await settle(tx, check, state, given.note);
          await record({
            action: passed ? 'check.passed' : state === 'failed' ? 'check.failed' : 'check.expired',
            outcome: passed ? 'done' : 'failed',
            facts: { kind, how: given.outcome, note: given.note },
            ...about,
          });
          return passed ? 'passed' : 'failed';
        }
        if (given.kind !== 'emailed-code') throw new Refusal('check.unavailable');
        const code = readCode(given.code, policy.document.code.digits);
        if (code === null) {
          const message = `The code has ${policy.document.code.digits} digits.`;
          throw new Refusal('request.invalid', { fields: [{ path: 'body.code', message }] });
        }
        if (keyed.matches('one-time-code', `${check.id} ${code}`, check.code_hash ?? '')) {
          await settle(tx, check, 'passed', null);
          await record({ action: 'check.passed', facts: { kind }, ...about });
          return 'passed';
        }
        const left = Math.max(0, (check.tries_left ?? 1) - 1);
        await tx.updateTable('checks').set({ tries_left: left }).where('id', '=', check.id).execute();
        await record({
          action: 'check.wrong-code',
          outcome: 'refused',
          facts: { kind, triesLeft: left },
          ...about,
        });
        if (left > 0) return 'wrong';
        await settle(tx, check, 'locked', null);
        await record({ action: 'check.locked', outcome: 'failed', facts: { kind }, ...about });
        return 'locked';
      });
      if (outcome === 'expired') throw new Refusal('check.expired');
      return outcome;
    },

    async sweepExpired() {
      const over = await store.db
        .selectFrom('checks')
        .selectAll()
        .where('state', '=', 'pending')
        .where('expires_at', '<=', now())
        .limit(500)
        .execute();
      for (const { id, case_id } of over) {
        await store
          .change(system, async (tx, record) => {
            const check = await pendingCheck(tx, case_id, id);
            if (!check) throw new SettledMeanwhile();
            await expire(tx, record, check, 'time');
          })
          .catch((thrown: unknown) => {
            if (!(thrown instanceof SettledMeanwhile)) throw thrown;
          });
      }
    },
  };
}

class SettledMeanwhile extends Error {}

const pendingCheck = (tx: Change, caseId: string, checkId: string) =>
  tx
    .selectFrom('checks')
    .selectAll()
    .where('id', '=', checkId)
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending')
    .executeTakeFirst();

function codeText(code: string, validFor: number): string {
  const minutes = Math.round(validFor / 60);
  return [
    `Your verification code is ${grouped(code)}`,
    '',
    `It is valid for ${minutes} minutes. You are on the phone with the help desk now: read it to them.`,
    '',
    'If you did not call the help desk, do not tell this code to anybody, and call the help desk yourself:',
    'somebody may be trying to get into your account.',
    '',
  ].join('\n');
}
