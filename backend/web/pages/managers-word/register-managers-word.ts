import { z } from 'zod';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { ManagersAnswers } from '../../../casework/verification/managers-answers.ts';
import type { Site } from '../site.ts';
import { linkPath, token } from '../form-fields.ts';
import { isNameOf } from './is-name-of.ts';
import { askPage, deadQuestionPage, thanksPage } from './managers-word-page.ts';

const given = token.extend({
  word: z.enum(['yes', 'no']).nullable().catch(null),
  /** The caller's name, which shows that a person answers, because mail scanners press buttons as well. */
  name: z.string().max(200).catch(''),
});
const answered = z.object({ word: z.enum(['yes', 'no']) });
const refused = z.object({ fault: z.enum(['no-answer', 'wrong-name']), word: given.shape.word });

/** The page behind a manager's link. Neither opening it nor pressing its button gives an answer: mail scanners do both. */
export function registerManagersWord(
  site: Site,
  { answers, policy }: { readonly answers: ManagersAnswers; readonly policy: PolicyInForce },
): void {
  const { page, clientOf, results } = site;
  site.get(
    '/managers-word/:token',
    async (request, reply) => {
      const found = token.parse(request.params);
      const asked = await answers.look(found.token);
      if (!asked) return page(reply, deadQuestionPage(), 410);
      const { deskContact } = (await policy.current()).document;
      const result = results.read(request, refused);
      return page(reply, askPage(asked, found.token, deskContact, result), result === null ? 200 : 422);
    },
    { limited: true },
  );
  site.get('/managers-word/done', (request, reply) => {
    const result = results.read(request, answered);
    return result === null ? page(reply, deadQuestionPage(), 410) : page(reply, thanksPage(result.word));
  });
  site.form(
    '/managers-word',
    given,
    async (request, reply, { token: linkToken, word, name }) => {
      const path = linkPath('managers-word', linkToken);
      const asked = await answers.look(linkToken);
      if (!asked) return reply.redirect(path, 303);
      const refuse = (fault: z.output<typeof refused>['fault']) =>
        results.redirect(reply, path, { fault, word });
      if (word === null) return refuse('no-answer');
      if (!isNameOf(name, asked)) return refuse('wrong-name');
      const taken = await answers.answer(linkToken, word, clientOf(request));
      return taken ? results.redirect(reply, '/managers-word/done', { word }) : reply.redirect(path, 303);
    },
    { limited: true },
  );
}
