import type { UserSignIn } from '../../self-service/sign-in.ts';
import type { UserSessions } from '../../self-service/user-sessions.ts';
import { assertOwnForm } from '../own-form.ts';
import { perMinute, type Site } from '../site.ts';
import { credentials } from '../typed.ts';
import { loginPage } from './login-page.ts';

/** Why the sign-in page is shown, as its address says it. */
const notices = { changed: 'link-used', out: 'signed-out', over: 'session-over' } as const;

/** Signing in and out. */
export function registerLogin(
  { server, page, from, byUser, session, enter, forget }: Site,
  { signIn, sessions }: { signIn: UserSignIn; sessions: UserSessions },
): void {
  // The same for everybody, so it is made once.
  const emptyLogin = loginPage(null);

  server.get('/', (_request, reply) => reply.redirect('/login', 303));
  server.get('/login', (request, reply) => {
    const { said } = request.query as { said?: string };
    const notice = said !== undefined && said in notices ? notices[said as keyof typeof notices] : null;
    return page(reply, notice === null ? emptyLogin : loginPage(notice));
  });
  server.post('/login', perMinute, async (request, reply) => {
    assertOwnForm(request);
    const { userName, password } = credentials.parse(request.body ?? {});
    const outcome = await signIn.signIn(userName, password, { ...from(request), actor: { kind: 'system' } });
    if (outcome.kind === 'ok') return enter(request, reply, outcome.account, false, '/account');
    if (outcome.kind === 'must-change')
      return enter(request, reply, outcome.account, true, '/change-password');
    // "Locked" would tell a stranger that the name exists, so it is told as "wrong" is.
    return page(reply, loginPage(outcome.kind === 'locked' ? 'wrong' : outcome.kind, userName), 401);
  });
  server.post('/logout', async (request, reply) => {
    assertOwnForm(request);
    const found = await session(request);
    if (found) await sessions.end(found, byUser(request, found.account));
    return forget(reply).redirect('/login?said=out', 303);
  });
}
