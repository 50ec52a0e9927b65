import type { CheckKind } from '../../shared/api/check.ts';
import type { AuditAction } from '../../shared/api/timeline.ts';
import { readCode } from '../casework/verification/one-time-code.ts';
import { isCode } from '../casework/verification/code-answer.ts';
import type { ManagersAnswers } from '../casework/verification/managers-answers.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { CallFacts } from './score-call.ts';

/** A check that waits in the call's case. */
export interface WaitingCheck {
  readonly caseId: string;
  readonly checkId: string;
  readonly kind: CheckKind;
  /** The code that was sent for it; null for a check without one. */
  readonly code: string | null;
}

/** Reads in the drill's own store what the people of a call would see, and what the agent has done. */
export interface DrillObserver {
  /** Checks that wait for an answer, newest first. */
  waiting(accountId: string, session: OperatorSession): Promise<WaitingCheck[]>;
  /** How far the drill's own log has got: what comes after belongs to the call that begins. */
  mark(): Promise<number>;
  /** Whether the three words were sent to the owner since the mark. */
  phraseSent(accountId: string, mark: number): Promise<boolean>;
  /** The manager answers the question that waits. */
  managerAnswers(checkId: string, word: 'yes' | 'no'): Promise<void>;
  /** What the agent did since the mark; `took` runs from `from` to the end of the case or, without one, to now. */
  facts(accountId: string, mark: number, from: number): Promise<Omit<CallFacts, 'asked'>>;
}

interface Collaborators {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly read: (messageId: string) => string | null;
  readonly managersAnswers: ManagersAnswers;
  readonly now: () => number;
}

const codeKinds: ReadonlySet<string> = new Set(['emailed-code', 'texted-code']);
const reveals = ['reset.secret-shown', 'reset.secret-copied', 'reset.secret-spelled'] as const;

const factsOf = ({ facts }: { readonly facts: string }) =>
  JSON.parse(facts) as Readonly<Record<string, unknown>>;

/** The digits in a message, as somebody would read them out. */
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
      const of = (...actions: AuditAction[]) =>
        events.filter(({ action, outcome }) => actions.includes(action) && outcome === 'done');
      const own = (action: AuditAction) => of(action).filter(({ account_id }) => account_id === accountId);
      const revoked = new Set(of('reset.revoked').map((event) => factsOf(event)['reset']));
      const resets = of('reset.done').filter((event) => !revoked.has(factsOf(event)['reset']));
      const refusals = events.filter(
        ({ action, account_id }) => action === 'case.refused' && account_id === accountId,
      );
      const endOf = (): CallFacts['end'] => {
        if (resets.some(({ account_id }) => account_id !== accountId)) return 'wrong-account';
        if (resets.length > 0) return 'reset';
        if (refusals.length > 0) return 'refused';
        return own('case.closed').length > 0 ? 'closed' : 'hung-up';
      };
      const done = resets.map((event) => String(factsOf(event)['reset']));
      const readOut =
        done.length > 0 &&
        (await db
          .selectFrom('resets')
          .select('id')
          .where('id', 'in', done)
          .where('action', '=', 'temporary-password')
          .where('delivery_mode', '=', 'spoken')
          .executeTakeFirst()) !== undefined;
      const ended = [...refusals, ...own('case.closed')].at(-1)?.at ?? now();
      return {
        end: endOf(),
        passed: [...new Set(own('check.passed').map((event) => factsOf(event)['kind'] as CheckKind))],
        suspicious: refusals.some((event) => factsOf(event)['reason'] === 'suspicious'),
        unmasked: of('account.contact-unmasked').length > 0,
        denied: events.some(({ action }) => action === 'approval.denied'),
        readOut,
        revealed: of(...reveals).length > 0,
        took: Math.max(0, Math.round((ended - from) / 1000)),
      };
    },
  };
}
