import type { Origin } from '../../../store/append-event.ts';
import type { Review } from '../../../self-service/review.ts';
import type { UserSignIn } from '../../../self-service/sign-in.ts';
import type { SignInNotices } from '../../../self-service/sign-in-notices.ts';
import type { UserSessions } from '../../../self-service/user-sessions.ts';
import { equalizeTiming } from '../equalize-timing.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { credentials } from '../form-fields.ts';
import { loginPage, type AfterLogin } from './login-page.ts';

/** The notice for each value of the query parameter `said`. */
const notices = { out: 'signed-out', over: 'session-over' } as const;

const noticeOf = (query: unknown) => {
  const { said } = query as { said?: string };
  return said !== undefined && said in notices ? notices[said as keyof typeof notices] : null;
};
const afterOf = (query: unknown): AfterLogin | null =>
  (query as { after?: string }).after === 'change-password' ? 'change-password' : null;

interface Collaborators {
  readonly signIn: UserSignIn;
  readonly sessions: UserSessions;
  readonly signInNotices: SignInNotices;
  readonly review: Review;
}

/** Signing in and out. */
export function registerLogin(
  { server, page, clientOf, originOf, session, startSession, clearSession }: Site,
  { signIn, sessions, signInNotices, review }: Collaborators,
): void {
  // The page has no values, so it is rendered once.
  const emptyLogin = loginPage(null);

  server.get('/', (_request, reply) => reply.redirect('/login', 303));
  // Password managers link here (W3C, "A Well-Known URL for Changing Passwords").
  server.get('/.well-known/change-password', (_request, reply) => reply.redirect('/change-password', 302));
  server.get('/login', (request, reply) => {
    const [notice, after] = [noticeOf(request.query), afterOf(request.query)];
    return page(reply, notice === null && after === null ? emptyLogin : loginPage(notice, { after }));
  });
  server.post('/login', perMinute, async (request, reply) => {
    const startedAt = performance.now();
    assertSameOrigin(request);
    const after = afterOf(request.query);
    const { userName, password } = credentials.parse(request.body ?? {});
    const origin: Origin = { ...clientOf(request), actor: { kind: 'system' } };
    const outcome = await signIn.signIn(userName, password, origin);
    if (outcome.kind === 'must-change')
      return startSession(request, reply, outcome.account, { mustChange: true }, '/change-password');
    if (outcome.kind === 'needs-code') {
      const { account, mustChange } = outcome;
      return startSession(request, reply, account, { mustChange, needsCode: true }, '/login/code');
    }
    if (outcome.kind === 'ok') {
      const due = await review.due(outcome.account.id);
      const to = after !== null ? `/${after}` : due ? '/account/review' : '/account';
      return startSession(request, reply, outcome.account, { mustChange: false }, to);
    }
    if ('account' in outcome) signInNotices.send(outcome.account, outcome.kind, origin);
    await equalizeTiming(startedAt);
    // Any other notice would reveal that the user name exists. The owner gets the reason by email.
    const notice =
      outcome.kind === 'temporary-expired' || outcome.kind === 'required-overdue' ? outcome.kind : 'wrong';
    return page(reply, loginPage(notice, { userName, after }), 401);
  });
  server.post('/logout', async (request, reply) => {
    assertSameOrigin(request);
    const found = await session(request);
    if (found) await sessions.end(found, originOf(request, found.account));
    return clearSession(reply).redirect('/login?said=out', 303);
  });
}
