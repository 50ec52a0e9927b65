import { checkKinds, checkRow, isAnsweredBy, type CheckKind } from '../../shared/api/check.ts';
import type { AuditAction } from '../../shared/api/timeline.ts';
import { readCode } from '../../shared/typed/code.ts';
import { isCode } from '../casework/verification/one-time-code.ts';
import type { ManagersAnswers } from '../casework/verification/managers-answers.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { CallFacts } from './score-call.ts';

/** A check of the call's case without an answer yet. */
export interface WaitingCheck {
  readonly caseId: string;
  readonly checkId: string;
  readonly kind: CheckKind;
  /** The code that was sent; null for a check without a code. */
  readonly code: string | null;
}

/** Reads from the drill's own store what the people on a call would see, and what the operator did. */
export interface DrillObserver {
  /** Checks without an answer, newest first. */
  waiting(accountId: string, session: OperatorSession): Promise<WaitingCheck[]>;
  /** The newest event of the drill's own log. Later events belong to the call that begins. */
  mark(): Promise<number>;
  /** Whether the three words have been sent to the owner since the mark. */
  phraseSent(accountId: string, mark: number): Promise<boolean>;
  /** Answers the open question in the manager's name. */
  managerAnswers(checkId: string, word: 'yes' | 'no'): Promise<void>;
  /** What the operator did since the mark. `took` is the time from `from` to the end of the case, or to now if it has not ended. */
  facts(accountId: string, mark: number, from: number): Promise<Omit<CallFacts, 'asked'>>;
}

interface Collaborators {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly read: (messageId: string) => string | null;
  readonly managersAnswers: ManagersAnswers;
  readonly now: () => number;
}

/** The kinds whose mail or text carries a code. */
const codeKinds: ReadonlySet<string> = new Set(
  checkKinds.filter((kind) => isAnsweredBy(kind, 'code') && checkRow(kind).sentBy !== null),
);
const reveals = ['reset.secret-shown', 'reset.secret-copied', 'reset.secret-spelled'] as const;

const factsOf = ({ facts }: { readonly facts: string }) =>
  JSON.parse(facts) as Readonly<Record<string, unknown>>;

/** The numbers in a message, with spaces as they are printed. */
const numbersIn = (text: string): string[] => text.match(/\d(?:[\d ]*\d)?/g) ?? [];

export function createDrillObserver({
  store,
  keyed,
  read,
  managersAnswers,
  now,
}: Collaborators): DrillObserver {
  const { db } = store;
  const eventsSince = (mark: number) =>
    db
      .selectFrom('audit_events')
      .select(['action', 'outcome', 'account_id', 'facts', 'at'])
      .where('seq', '>', mark)
      .orderBy('seq')
      .execute();
  return {
    async waiting(accountId, session) {
      const checks = await db
        .selectFrom('checks')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('session_id', '=', session.id)
        .where('state', '=', 'pending')
        .where('expires_at', '>', now())
        .orderBy('started_at', 'desc')
        .execute();
      return checks.map(({ id, case_id, kind, code_hash, mail_id }) => {
        const numbers = codeKinds.has(kind) ? numbersIn(read(mail_id ?? '') ?? '') : [];
        const code = numbers
          .map((number) => readCode(number, number.replaceAll(' ', '').length) ?? '')
          .find((number) => isCode(keyed, number, code_hash, id, case_id, session));
        return { caseId: case_id, checkId: id, kind: kind as CheckKind, code: code ?? null };
      });
    },

    async mark() {
      const { last } = await db
        .selectFrom('audit_events')
        .select((row) => row.fn.max('seq').as('last'))
        .executeTakeFirstOrThrow();
      return Number(last ?? 0);
    },

    phraseSent: async (accountId, mark) =>
      (await eventsSince(mark)).some(
        ({ action, account_id }) => action === 'case.phrase-sent' && account_id === accountId,
      ),

    async managerAnswers(checkId, word) {
      const check = await db
        .selectFrom('checks')
        .select('mail_id')
        .where('id', '=', checkId)
        .executeTakeFirst();
      const token = /\/managers-word\/(\S+)/.exec(read(check?.mail_id ?? '') ?? '')?.[1];
      if (token !== undefined) {
        await managersAnswers.answer(token, word, { clientAddress: null, client: null });
      }
    },

    async facts(accountId, mark, from) {
      const events = await eventsSince(mark);
      const done = (...actions: AuditAction[]) =>
        events.filter(({ action, outcome }) => actions.includes(action) && outcome === 'done');
      const doneHere = (action: AuditAction) =>
        done(action).filter(({ account_id }) => account_id === accountId);
      const revoked = new Set(done('reset.revoked').map((event) => factsOf(event)['reset']));
      const resets = done('reset.done').filter((event) => !revoked.has(factsOf(event)['reset']));
      const refusals = events.filter(
        ({ action, account_id }) => action === 'case.refused' && account_id === accountId,
      );
      const endOf = (): CallFacts['end'] => {
        if (resets.some(({ account_id }) => account_id !== accountId)) return 'wrong-account';
        if (resets.length > 0) return 'reset';
        if (refusals.length > 0) return 'refused';
        return doneHere('case.closed').length > 0 ? 'closed' : 'hung-up';
      };
      const resetIds = resets.map((event) => String(factsOf(event)['reset']));
      const readOut =
        resetIds.length > 0 &&
        (await db
          .selectFrom('resets')
          .select('id')
          .where('id', 'in', resetIds)
          .where('action', '=', 'temporary-password')
          .where('delivery_mode', '=', 'spoken')
          .executeTakeFirst()) !== undefined;
      const ended = [...refusals, ...doneHere('case.closed')].at(-1)?.at ?? now();
      return {
        end: endOf(),
        passed: [...new Set(doneHere('check.passed').map((event) => factsOf(event)['kind'] as CheckKind))],
        suspicious: refusals.some((event) => factsOf(event)['reason'] === 'suspicious'),
        unmasked: done('account.contact-unmasked').length > 0,
        denied: events.some(({ action }) => action === 'approval.denied'),
        readOut,
        revealed: done(...reveals).length > 0,
        took: Math.max(0, Math.round((ended - from) / 1000)),
      };
    },
  };
}
