import { z } from 'zod';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { ManagersAnswers } from '../../../casework/verification/managers-answers.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { token } from '../form-fields.ts';
import { askPage, deadQuestionPage, thanksPage } from './managers-word-page.ts';

const given = token.extend({ word: z.enum(['yes', 'no']) });

/** The page behind a manager's link. Opening it gives no answer: mail scanners open every link. */
export function registerManagersWord(
  { server, page, clientOf }: Site,
  { answers, policy }: { readonly answers: ManagersAnswers; readonly policy: PolicyInForce },
): void {
  server.get('/managers-word/:token', perMinute, async (request, reply) => {
    const found = token.parse(request.params);
    const asked = await answers.look(found.token);
    if (!asked) return page(reply, deadQuestionPage(), 410);
    const { deskContact } = (await policy.current()).document;
    return page(reply, askPage(asked, found.token, deskContact));
  });
  server.post('/managers-word', perMinute, async (request, reply) => {
    assertSameOrigin(request);
    const answer = given.safeParse(request.body ?? {});
    const taken =
      answer.success && (await answers.answer(answer.data.token, answer.data.word, clientOf(request)));
    return taken ? page(reply, thanksPage(answer.data.word)) : page(reply, deadQuestionPage(), 410);
  });
}
