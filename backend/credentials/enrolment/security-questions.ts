import { randomUUID } from 'node:crypto';
import { foldedWords } from '../../text/fold.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { EnrolledAccount } from './enrolment.ts';

export interface SecurityQuestion {
  readonly question: string;
  readonly answer: string;
}

export interface SecurityQuestions {
  /** Replaces the account's questions; an empty list removes them. Answers are stored as keyed hashes. */
  set(account: EnrolledAccount, questions: readonly SecurityQuestion[], origin: Origin): Promise<void>;
  /** Whether every question of the account is answered correctly. */
  verifyAnswers(
    accountId: string,
    answers: readonly { readonly questionId: string; readonly answer: string }[],
    tx: Transaction,
  ): Promise<boolean>;
}

/** An answer without case, accents, spaces and punctuation. */
const normalized = (answer: string): string =>
  foldedWords(answer)
    .map(({ word }) => word)
    .join('');

interface Collaborators {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly notifications: Pick<Notifications, 'signInMethodChanged'>;
  readonly now: () => number;
}

/** Security questions, for organisations that need them. They earn no points, because others can find out the answers. */
export function createSecurityQuestions({
  store,
  keyed,
  notifications,
  now,
}: Collaborators): SecurityQuestions {
  return {
    set: (account, questions, origin) =>
      store.change(origin, async (tx, record) => {
        const accountId = account.id;
        await tx.deleteFrom('account_security_questions').where('account_id', '=', accountId).execute();
        for (const [position, { question, answer }] of questions.entries()) {
          const id = randomUUID();
          const answerHash = keyed.hash('security-answer', `${id} ${normalized(answer)}`);
          await tx
            .insertInto('account_security_questions')
            .values({
              id,
              account_id: accountId,
              position,
              question: question.trim(),
              answer_hash: answerHash,
              created_at: now(),
            })
            .execute();
        }
        const facts = { count: questions.length };
        await record({ action: 'account.security-questions-set', accountId, facts });
        const what =
          questions.length > 0
            ? 'the security questions were changed'
            : 'the security questions were removed';
        await notifications.signInMethodChanged(tx, { accountId }, what);
      }),

    async verifyAnswers(accountId, answers, tx) {
      const known = await tx
        .selectFrom('account_security_questions')
        .selectAll()
        .where('account_id', '=', accountId)
        .execute();
      const right = known.filter(({ id, answer_hash }) => {
        const given = answers.find(({ questionId }) => questionId === id)?.answer ?? '';
        return keyed.matches('security-answer', `${id} ${normalized(given)}`, answer_hash);
      });
      return known.length > 0 && right.length === known.length;
    },
  };
}
