import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import { checkObstacle, unlimited, type Check } from '../../decision/check.ts';

/** Questions to which the owner set answers. For organisations that are required to ask them; they earn no points. */
export function createSecurityQuestionsCheck(
  enrolment: Pick<Enrolment, 'chosenQuestions' | 'questions'>,
): Check<'security-questions'> {
  return {
    kind: 'security-questions',
    limits: unlimited,
    async offer({ account, db }) {
      const questions = await enrolment.chosenQuestions(account.id, db);
      return {
        obstacle: questions.length === 0 ? checkObstacle('not-enrolled') : null,
        destination: null,
        person: null,
        digits: null,
        boundTo: questions.length === 0 ? null : questions.map(({ id }) => id).join(' '),
      };
    },
    async start({ document }) {
      const { validFor } = document.callBack;
      const { tries } = document.code;
      return { secretHash: null, messageId: null, tries, validFor, callNumber: null, deliver: null };
    },
    async answer({ answers }, { account, tx }) {
      const right = await enrolment.questions.verifyAnswers(account.id, answers, tx);
      return { outcome: right ? 'passed' : 'wrong' };
    },
    questions: async ({ account_id }, db) =>
      (await enrolment.chosenQuestions(account_id, db)).map(({ id, question }) => ({ id, text: question })),
  };
}
