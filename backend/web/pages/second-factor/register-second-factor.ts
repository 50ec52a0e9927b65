import { z } from 'zod';
import type { Review } from '../../../self-service/review.ts';
import type { SecondFactor } from '../../../self-service/second-factor.ts';
import { equalizeTiming } from '../equalize-timing.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import type { Site } from '../site.ts';
import { code } from '../form-fields.ts';
import { texts } from '../texts.ts';

const { secondFactor: text } = texts;

const codePage = (wrong: boolean): string =>
  layout(
    text.title,
    html`<p>${text.lead}</p>
      ${wrong ? html`<p class="bad" role="alert">${text.wrong}</p>` : nothing}
      <form method="post" action="/login/code">
        <label for="code">${text.code}</label>
        <input
          id="code"
          name="code"
          class="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck="false"
          required
          maxlength="200"
          aria-describedby="hint"
          autofocus
        />
        <p class="hint" id="hint">${text.hint}</p>
        <button>${text.button}</button>
      </form>
      <p class="below"><a href="/login">${text.back}</a></p>`,
  );

const refused = z.object({ fault: z.literal('wrong-code') });

/** The second step of a sign-in: the code from the authenticator app, or a recovery code. */
export function registerSecondFactor(
  site: Site,
  { secondFactor, review }: { secondFactor: SecondFactor; review: Review },
): void {
  const { page, session, startSession, originOf, results } = site;
  const [empty, again] = [codePage(false), codePage(true)];
  site.get('/login/code', async (request, reply) => {
    const found = await session(request);
    if (!found?.needsCode) return reply.redirect('/login?said=over', 303);
    return results.read(request, refused) === null ? page(reply, empty) : page(reply, again, 401);
  });
  site.form(
    '/login/code',
    code,
    async (request, reply, { code: typed }) => {
      const startedAt = performance.now();
      const found = await session(request);
      if (!found?.needsCode) return reply.redirect('/login?said=over', 303);
      const outcome = await secondFactor.prove(found, typed, originOf(request, found.account));
      if (outcome.kind === 'ok') {
        const { mustChange } = outcome;
        const due = await review.due(found.account.id);
        const to = mustChange ? '/change-password' : due === 'first' ? '/account/review' : '/account';
        return startSession(request, reply, found.account, { mustChange }, to);
      }
      await equalizeTiming(startedAt);
      if (outcome.kind === 'locked') return reply.redirect('/login?said=over', 303);
      return results.redirect(reply, '/login/code', { fault: 'wrong-code' });
    },
    { limited: true },
  );
}
