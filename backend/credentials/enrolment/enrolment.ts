import type { Kysely } from 'kysely';
import type { AccountRow } from '../../directories/directory.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { OwnChanges } from '../own-changes/own-changes.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { createAuthenticators, type Authenticators } from './authenticator.ts';
import { createRecoveryCodes, type RecoveryCodes } from './recovery-codes.ts';
import { createSecurityQuestions, type SecurityQuestions } from './security-questions.ts';

export type EnrolledAccount = Pick<AccountRow, 'id' | 'user_name'>;

/** The sign-in methods of an account, without secrets. Instants are in milliseconds. */
export interface EnrolmentView {
  readonly authenticator: { readonly id: string; readonly confirmedAt: number } | null;
  readonly recoveryCodes: {
    readonly setId: string;
    readonly createdAt: number;
    readonly left: number;
  } | null;
  readonly questions: readonly { readonly id: string; readonly question: string }[];
}

/** The methods that the owner of an account sets up to verify their identity later. */
export interface Enrolment {
  view(accountId: string, db?: Kysely<Tables>): Promise<EnrolmentView>;
  /** The parts of the view. */
  authenticator(accountId: string, db?: Kysely<Tables>): Promise<EnrolmentView['authenticator']>;
  recoveryCodesLeft(accountId: string, db?: Kysely<Tables>): Promise<EnrolmentView['recoveryCodes']>;
  chosenQuestions(accountId: string, db?: Kysely<Tables>): Promise<EnrolmentView['questions']>;
  readonly authenticators: Authenticators;
  readonly recoveryCodes: RecoveryCodes;
  readonly questions: SecurityQuestions;
}

interface Collaborators {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly keyed: KeyedHash;
  readonly changes: OwnChanges;
  readonly notifications: Pick<Notifications, 'signInMethodChanged'>;
  readonly now: () => number;
}

export function createEnrolment(collaborators: Collaborators): Enrolment {
  const { store } = collaborators;
  const authenticator: Enrolment['authenticator'] = async (accountId, db = store.db) => {
    const row = await db
      .selectFrom('account_authenticators')
      .select(['id', 'confirmed_at'])
      .where('account_id', '=', accountId)
      .where('confirmed_at', 'is not', null)
      .executeTakeFirst();
    return row?.confirmed_at == null ? null : { id: row.id, confirmedAt: row.confirmed_at };
  };
  const recoveryCodesLeft: Enrolment['recoveryCodesLeft'] = async (accountId, db = store.db) => {
    const codes = await db
      .selectFrom('account_recovery_codes')
      .select(['set_id', 'created_at', 'used_at'])
      .where('account_id', '=', accountId)
      .execute();
    const [code] = codes;
    if (!code) return null;
    const left = codes.filter(({ used_at }) => used_at === null).length;
    return { setId: code.set_id, createdAt: code.created_at, left };
  };
  const chosenQuestions: Enrolment['chosenQuestions'] = (accountId, db = store.db) =>
    db
      .selectFrom('account_security_questions')
      .select(['id', 'question'])
      .where('account_id', '=', accountId)
      .orderBy('position')
      .execute();
  return {
    authenticators: createAuthenticators(collaborators),
    recoveryCodes: createRecoveryCodes(collaborators),
    questions: createSecurityQuestions(collaborators),
    authenticator,
    recoveryCodesLeft,
    chosenQuestions,
    view: async (accountId, db) => ({
      authenticator: await authenticator(accountId, db),
      recoveryCodes: await recoveryCodesLeft(accountId, db),
      questions: await chosenQuestions(accountId, db),
    }),
  };
}
