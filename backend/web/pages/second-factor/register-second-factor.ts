import type { Review } from '../../../self-service/review.ts';
import type { SecondFactor } from '../../../self-service/second-factor.ts';
import { equalizeTiming } from '../equalize-timing.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { code } from '../form-fields.ts';
import { secondFactor as words } from '../texts/account.ts';

const codePage = (wrong: boolean): string =>
  layout(
    words.title,
    html`<p>${words.lead}</p>
      ${wrong ? html`<p class="bad" role="alert">${words.wrong}</p>` : nothing}
      <form method="post" action="/login/code">
        <label for="code">${words.code}</label>
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
        <p class="hint" id="hint">${words.hint}</p>
        <button>${words.button}</button>
      </form>
      <p class="below"><a href="/login">${words.back}</a></p>`,
  );

/** The code of the authenticator, after the password. */
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
