import { z } from 'zod';
import { identifierText } from '../../../text/identifier-steps.ts';
import type { Origin } from '../../../store/append-event.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Review } from '../../../self-service/review.ts';
import type { UserSignIn } from '../../../self-service/sign-in.ts';
import type { SignInNotices } from '../../../self-service/sign-in-notices.ts';
import type { UserSessions } from '../../../self-service/user-sessions.ts';
import { equalizeTiming } from '../equalize-timing.ts';
import type { Site } from '../site.ts';
import { credentials, noticeOf, nothingAsked } from '../form-fields.ts';
import { loginNotices, loginPage, type AfterLogin, type LoginNotice } from './login-page.ts';

/** The notice for each value of the query parameter `said`. */
const notices: Readonly<Record<string, LoginNotice>> = { out: 'signed-out', over: 'session-over' };

const afterOf = (query: unknown): AfterLogin | null =>
  (query as { readonly after?: unknown }).after === 'change-password' ? 'change-password' : null;

/** A refused sign-in. */
const refused = z.object({ notice: z.enum(loginNotices), userName: z.string() });

/** What the page says besides `wrong`: after a right password, or of known and unknown names alike. */
const shown = ['temporary-expired', 'required-overdue', 'unavailable'] as const;
const isShown = (kind: string): kind is (typeof shown)[number] => (shown as readonly string[]).includes(kind);

interface Collaborators {
  readonly signIn: UserSignIn;
  readonly sessions: UserSessions;
  readonly signInNotices: SignInNotices;
  readonly review: Review;
  readonly policy: PolicyInForce;
}

/** Signing in and out. */
export function registerLogin(site: Site, collaborators: Collaborators): void {
  const { page, results } = site;
  const { policy } = collaborators;
  // The page has no values, so it is rendered once.
  const emptyLogin = loginPage(null);

  site.get('/', (_request, reply) => reply.redirect('/login', 303));
  // Password managers link here (W3C, "A Well-Known URL for Changing Passwords").
  site.get('/.well-known/change-password', (_request, reply) => reply.redirect('/change-password', 302));
  site.get('/login', async (request, reply) => {
    const [notice, after] = [noticeOf(notices, request.query), afterOf(request.query)];
    const result = results.read(request, refused);
    if (result !== null) {
      const { lockFor } = (await policy.current()).document.signIn;
      const { userName } = result;
      const status = result.notice === 'unavailable' ? 503 : 401;
      return page(reply, loginPage(result.notice, { userName, after, lockFor }), status);
    }
    return page(reply, notice === null && after === null ? emptyLogin : loginPage(notice, { after }));
  });
  registerSignIn(site, collaborators);
  registerSignOut(site, collaborators);
}

function registerSignIn(site: Site, { signIn, signInNotices, review }: Collaborators): void {
  const { clientOf, startSession, results } = site;
  site.form(
    '/login',
    credentials,
    async (request, reply, { userName, password }) => {
      const startedAt = performance.now();
      const after = afterOf(request.query);
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
        const to = after !== null ? `/${after}` : due === 'first' ? '/account/review' : '/account';
        return startSession(request, reply, outcome.account, { mustChange: false }, to);
      }
      if ('account' in outcome) signInNotices.send(outcome.account, outcome.kind, origin);
      await equalizeTiming(startedAt);
      // Any other notice would reveal that the user name exists. The owner gets the reason by email.
      const notice: LoginNotice = isShown(outcome.kind) ? outcome.kind : 'wrong';
      const path = after === null ? '/login' : `/login?after=${after}`;
      return results.redirect(reply, path, { notice, userName: identifierText(userName) });
    },
    { limited: true },
  );
}

function registerSignOut(site: Site, { sessions }: Collaborators): void {
  const { originOf, session, clearSession } = site;
  site.form('/logout', nothingAsked, async (request, reply) => {
    const found = await session(request);
    if (found) await sessions.end(found, originOf(request, found.account));
    return clearSession(reply).redirect('/login?said=out', 303);
  });
}
