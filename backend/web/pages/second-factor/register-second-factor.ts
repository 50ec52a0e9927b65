import type { Review } from '../../../self-service/review.ts';
import type { SecondFactor } from '../../../self-service/second-factor.ts';
import { equalizeTiming } from '../equalize-timing.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
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
          maxlength="20"
          aria-describedby="hint"
          autofocus
        />
        <p class="hint" id="hint">${text.hint}</p>
        <button>${text.button}</button>
      </form>
      <p class="below"><a href="/login">${text.back}</a></p>`,
  );

/** The second step of a sign-in: the code from the authenticator app, or a recovery code. */
export function registerSecondFactor(
  { server, page, session, startSession, originOf }: Site,
  { secondFactor, review }: { secondFactor: SecondFactor; review: Review },
): void {
  const empty = codePage(false);
  server.get('/login/code', async (request, reply) => {
    const found = await session(request);
    return found?.needsCode ? page(reply, empty) : reply.redirect('/login?said=over', 303);
  });
  server.post('/login/code', perMinute, async (request, reply) => {
    const startedAt = performance.now();
    assertSameOrigin(request);
    const found = await session(request);
    if (!found?.needsCode) return reply.redirect('/login?said=over', 303);
    const typed = code.parse(request.body ?? {}).code;
    const outcome = await secondFactor.prove(found, typed, originOf(request, found.account));
    if (outcome.kind === 'ok') {
      const { mustChange } = outcome;
      const due = await review.due(found.account.id);
      const to = mustChange ? '/change-password' : due ? '/account/review' : '/account';
      return startSession(request, reply, found.account, { mustChange }, to);
    }
    await equalizeTiming(startedAt);
    if (outcome.kind === 'locked') return reply.redirect('/login?said=over', 303);
    return page(reply, codePage(true), 401);
  });
}
