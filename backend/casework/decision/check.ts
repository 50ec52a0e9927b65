import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { answerCheck } from '../../../shared/api/check-calls.ts';
import type { CheckKind, CheckView } from '../../../shared/api/check.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Person } from '../../authorization/persons.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Facts } from '../../store/append-event.ts';
import type { Transaction } from '../../store/store.ts';
import type { ChecksTable, Tables } from '../../store/tables.ts';

export type CheckAnswer = z.output<typeof answerCheck.body>;
/** The answer that belongs to one kind of check; `never` for a check that the operator does not answer. */
export type AnswerOf<K extends CheckKind> = CheckAnswer extends infer A
  ? A extends { kind: infer Kinds }
    ? K extends Kinds
      ? A
      : never
    : never
  : never;

/** Why a check cannot be used; instants in milliseconds. */
export interface CheckObstacle {
  readonly reason: NonNullable<CheckView['obstacle']>['reason'];
  readonly since: number | null;
  readonly until: number | null;
}

export const checkObstacle = (
  reason: CheckObstacle['reason'],
  since: number | null = null,
  until: number | null = null,
): CheckObstacle => ({ reason, since, until });

/** The account that a check is about and the operator who asks for it. */
export interface CheckSubject {
  readonly account: AccountRow;
  readonly operator: Pick<OperatorSession['operator'], 'id' | 'displayName'> & { readonly person: Person };
  readonly document: PolicyDocument;
  /** Milliseconds. */
  readonly at: number;
  /** The current transaction, if there is one. */
  readonly db: Kysely<Tables>;
}

/** A check as a case offers it before it is started. */
export interface CheckOffer {
  readonly obstacle: CheckObstacle | null;
  /** Masked, as the operator sees it. */
  readonly destination: string | null;
  readonly person: string | null;
  readonly digits: number | null;
  /**
   * What the check depends on: the address, the number, the enrolment or the manager. Stored as a keyed hash. When it changes, pending checks become
   * void and passed ones lose their value. Null if the check depends on nothing.
   */
  readonly boundTo: string | null;
}

export interface CheckStart extends CheckSubject {
  readonly checkId: string;
  readonly caseId: string;
  readonly session: OperatorSession;
  readonly tx: Transaction;
}

export interface Undelivered {
  readonly code: 'mail.failed' | 'text.failed';
  /** The answer of the mail server or the gateway. */
  readonly answer: string | null;
}

export interface StartedCheck {
  /** The keyed hash that the answer must match; null if the answer is judged otherwise. */
  readonly secretHash: string | null;
  /** The id of the mail or text that is sent. */
  readonly messageId: string | null;
  /** How many wrong answers are allowed; null for checks that are answered once. */
  readonly tries: number | null;
  /** Seconds. */
  readonly validFor: number;
  readonly callNumber: string | null;
  /** The account of the person who answers in the caller's place. */
  readonly askedAccountId?: string;
  /** Runs after the commit. Returns why nothing was delivered, or null if the message was delivered. */
  readonly deliver: (() => Promise<Undelivered | null>) | null;
}

/** The result of an answer. `wrong` uses up a try; `unreached` says nothing about the caller. */
export interface Verdict {
  readonly outcome: 'passed' | 'wrong' | 'failed' | 'unreached';
  /** Stored with the evidence. */
  readonly note?: string;
  readonly facts?: Facts;
}

export interface AnswerSubject extends CheckSubject {
  readonly check: ChecksTable;
  readonly session: OperatorSession;
  readonly tx: Transaction;
}

/**
 * The port to one way of verifying a caller. The services handle time, tries, events and evidence; an adapter handles only what is specific to its
 * kind.
 */
export interface Check<K extends CheckKind = CheckKind> {
  readonly kind: K;
  /** `spacing`: milliseconds between two starts in one case. `perHour`: starts for one account in an hour, by all operators. */
  readonly limits: { readonly spacing: number; readonly perHour: number };
  offer(subject: CheckSubject): Promise<CheckOffer>;
  start(start: CheckStart): Promise<StartedCheck>;
  /** The number to call for an open check of this kind. Without this function, starting the check again replaces the open one. */
  numberAgain?(subject: CheckSubject): string | null;
  answer(given: AnswerOf<K>, subject: AnswerSubject): Promise<Verdict>;
  /** The questions that an open check puts to the caller. */
  questions?(check: ChecksTable, db: Kysely<Tables>): Promise<NonNullable<CheckView['attempt']>['asked']>;
}

export type CheckRegistry = ReadonlyMap<CheckKind, Check>;

/** The kinds of check that this backend can do. */
export const createCheckRegistry = (checks: readonly Check[]): CheckRegistry =>
  new Map(checks.map((check) => [check.kind, check]));

/** The limits of a check that sends nothing. */
export const unlimited = { spacing: 0, perHour: Number.MAX_SAFE_INTEGER } as const;
