import { z } from 'zod';
import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import { html, nothing } from '../markup.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { currentPassword } from '../form-fields.ts';
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
const form = z
  .object({
    question1: z.enum(text.choices),
    question2: z.enum(text.choices),
    question3: z.enum(text.choices),
    answer1: answer,
    answer2: answer,
    answer3: answer,
  })
  .refine(({ question1, question2, question3 }) => new Set([question1, question2, question3]).size === 3);

const questionsPage = (name: string, chosen: readonly string[], notice: Notice): string =>
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
  const { server, page, originOf } = site;
  const { enrolment, confirmPassword } = collaborators;
  server.get(
    '/account/questions',
    requireSignedIn(site, async (request, reply, { account }) => {
      const { questions } = await enrolment.view(account.id);
      const saved = (request.query as { said?: string }).said === 'set';
      const chosen = questions.map(({ question }) => question);
      return page(
        reply,
        questionsPage(account.display_name, chosen, saved ? { kind: 'good', text: text.saved } : null),
      );
    }),
  );
  server.post(
    '/account/questions',
    perMinute,
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const { display_name: displayName } = account;
      const by = originOf(request, account);
      const given = form.safeParse(request.body ?? {});
      const refuse = (message: string) =>
        page(reply, questionsPage(displayName, [], { kind: 'bad', text: message }), 422);
      if (!given.success) return refuse(text.invalid);
      const { current } = currentPassword.parse(request.body ?? {});
      if (!(await confirmPassword.confirm(account, current, by))) return refuse(confirm.wrong);
      const { data } = given;
      const set = numbers.map((number) => ({
        question: data[`question${number}`],
        answer: data[`answer${number}`],
      }));
      await enrolment.questions.set(account, set, by);
      return reply.redirect('/account/questions?said=set', 303);
    }),
  );
}
