import { z } from 'zod';
import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import { html, nothing } from '../markup.ts';
import type { Site } from '../site.ts';
import { currentPassword, noticeOf } from '../form-fields.ts';
import { texts } from '../texts.ts';
import { accountFrame, currentPasswordField, type Notice } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

interface Collaborators {
  readonly enrolment: Enrolment;
  readonly confirmPassword: ConfirmPassword;
}

const { questions: text, confirm } = texts.account;
const numbers = [1, 2, 3] as const;
const answer = z.string().trim().min(3).max(200);
const questionsSchema = z
  .object({
    question1: z.enum(text.choices),
    question2: z.enum(text.choices),
    question3: z.enum(text.choices),
    answer1: answer,
    answer2: answer,
    answer3: answer,
  })
  .refine(({ question1, question2, question3 }) => new Set([question1, question2, question3]).size === 3);
const chosenQuestion = z.enum(text.choices).nullable().catch(null);
const form = currentPassword.extend({
  question1: chosenQuestion,
  question2: chosenQuestion,
  question3: chosenQuestion,
  answer1: z.string().max(200).catch(''),
  answer2: z.string().max(200).catch(''),
  answer3: z.string().max(200).catch(''),
});
/** The refused form with its questions but without its answers, which are secrets. */
const refused = z.object({
  fault: z.enum(['invalid', 'wrong-password']),
  chosen: z.array(z.string().nullable()).max(3),
});

const notices: Readonly<Record<string, Notice>> = { set: { kind: 'good', text: text.saved } };

const questionsPage = (name: string, chosen: readonly (string | null)[], notice: Notice): string =>
  accountFrame(
    text.title,
    name,
    notice,
    html`<p>${text.lead}</p>
      <form method="post" action="/account/questions">
        ${numbers.map((number, index) => {
          const selected = chosen[index] ?? text.choices[index];
          return html`<label for="question${number}">${text.question} ${number}</label>
            <select id="question${number}" name="question${number}">
              ${text.choices.map(
                (choice) =>
                  html`<option${choice === selected ? html` selected` : nothing}>${choice}</option>`,
              )}
            </select>
            <label for="answer${number}">${text.answer} ${number}</label>
            <input
              id="answer${number}"
              name="answer${number}"
              autocomplete="off"
              required
              minlength="3"
              maxlength="200"
            />`;
        })}
        ${currentPasswordField()}
        <button>${text.button}</button>
      </form>`,
  );

/** The security questions, for help desks that ask them in addition to other checks. */
export function registerQuestions(site: Site, collaborators: Collaborators): void {
  const { page, originOf, results } = site;
  const { enrolment, confirmPassword } = collaborators;
  site.get(
    '/account/questions',
    requireSignedIn(site, async (request, reply, { account }) => {
      const { questions } = await enrolment.view(account.id);
      const result = results.read(request, refused);
      if (result !== null) {
        const message = result.fault === 'invalid' ? text.invalid : confirm.wrong;
        const again = questionsPage(account.display_name, result.chosen, { kind: 'bad', text: message });
        return page(reply, again, 422);
      }
      const chosen = questions.map(({ question }) => question);
      return page(reply, questionsPage(account.display_name, chosen, noticeOf(notices, request.query)));
    }),
  );
  site.form(
    '/account/questions',
    form,
    requireSignedIn(site, async (request, reply, { account }, given) => {
      const by = originOf(request, account);
      const refuse = (fault: z.output<typeof refused>['fault']) =>
        results.redirect(reply, '/account/questions', {
          fault,
          chosen: numbers.map((number) => given[`question${number}`]),
        });
      const chosen = questionsSchema.safeParse(given);
      if (!chosen.success) return refuse('invalid');
      if (!(await confirmPassword.confirm(account, given.current, by))) return refuse('wrong-password');
      const set = numbers.map((number) => ({
        question: chosen.data[`question${number}`],
        answer: chosen.data[`answer${number}`],
      }));
      await enrolment.questions.set(account, set, by);
      return reply.redirect('/account/questions?said=set', 303);
    }),
    { limited: true },
  );
}
