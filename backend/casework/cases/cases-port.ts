import type { z } from 'zod';
import type { ContactView } from '../../../shared/api/account.ts';
import type { changeCase, openCase, refuseCase } from '../../../shared/api/case-calls.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Directory } from '../../directories/directory.ts';
import type { Live } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { CaseContext } from '../decision/case-context.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';

type OpeningCase = z.output<typeof openCase.body>;
type ChangingCase = z.output<typeof changeCase.body>;
type RefusingCase = z.output<typeof refuseCase.body>;

export interface Cases {
  /** Opens a case, or returns the operator's own open one about the account. Returns its id. */
  open(opening: OpeningCase, session: OperatorSession, origin: Origin): Promise<string>;
  /**
   * Opens a case about another account of the same person, whose evidence is that of this case as far as it counts there. Returns its id. Throws
   * `account.not-linked` for an account that is not linked to this one.
   */
  openLinked(caseId: string, accountId: string, session: OperatorSession, origin: Origin): Promise<string>;
  change(caseId: string, changing: ChangingCase, session: OperatorSession, origin: Origin): Promise<void>;
  refuse(caseId: string, refusing: RefusingCase, session: OperatorSession, origin: Origin): Promise<void>;
  close(caseId: string, session: OperatorSession, origin: Origin): Promise<void>;
  /** Returns the contact data in clear to the operator of an open case about the account, and records it. */
  unmaskContact(
    accountId: string,
    caseId: string,
    session: OperatorSession,
    origin: Origin,
  ): Promise<ContactView>;
  /** Ends the cases that were idle for the policy's time. */
  sweepExpired(): Promise<void>;
}

export interface CasesCollaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly directory: Directory;
  readonly policy: PolicyInForce;
  /** Reads an account again from its external directory, if it has one. Returns whether the directory responded. */
  readonly refreshAccount: (accountId: string) => Promise<boolean>;
  readonly notifications: Pick<Notifications, 'caseRefused'>;
  readonly live: Live;
  readonly now: () => number;
}

/** Reads a case in which the operator can act now; throws otherwise. */
export type ReadOpenCase = (
  tx: Transaction,
  caseId: string,
  session: OperatorSession,
) => Promise<CaseContext>;

/** An empty ticket or note is stored as null. */
export const nullIfEmpty = (text: string | null | undefined): string | null =>
  text === undefined || text === null || text === '' ? null : text;
