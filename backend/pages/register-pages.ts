import cookies from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { ChoosePassword } from '../self-service/choose-password.ts';
import type { Freezes } from '../freezes/freezes.ts';
import type { ResetLinks } from '../self-service/reset-links.ts';
import type { UserSignIn } from '../self-service/sign-in.ts';
import type { UserSessions } from '../self-service/user-sessions.ts';
<<<<<<< HEAD
import { registerAccount } from './account/register-account.ts';
import { registerChoosePassword } from './choose-password/register-choose-password.ts';
import { registerLogin } from './login/register-login.ts';
import { registerResetLink } from './reset-link/register-reset-link.ts';
import { createSite, type Site } from './site.ts';
=======
import { isUnstorableText } from '../store/unstorable-text.ts';
import { assertOwnForm, ForeignForm } from './own-form.ts';
import { accountPage, choosePage, deadLinkPage, loginPage, notFoundPage, troublePage } from './page-views.ts';
import { registerNotMe } from './not-me-page.ts';
>>>>>>> 44460a9 (Write mails from templates in two parts, each with a way to say that it was not me)
import { style } from './style.ts';
import { registerTrouble } from './trouble/register-trouble.ts';

interface Collaborators {
  readonly signIn: UserSignIn;
  readonly sessions: UserSessions;
  readonly choosePassword: ChoosePassword;
  readonly links: ResetLinks;
  readonly freezes: Freezes;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

<<<<<<< HEAD
/**
 * The pages for users, a folder for each: server-rendered forms that work without any script. Answers what further pages register themselves
 * on.
 */
export async function registerPages(server: FastifyInstance, collaborators: Collaborators): Promise<Site> {
=======
const cookieName = 'reset_desk_user';
const policyHeader =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const credentials = z.object({
  userName: z.string().max(limits.userName).catch(''),
  password: z
    .string()
    .max(4 * limits.password)
    .catch(''),
});
const newPassword = z.object({
  password: z
    .string()
    .max(4 * limits.password)
    .catch(''),
  repeated: z
    .string()
    .max(4 * limits.password)
    .catch(''),
});
const token = z.object({ token: z.string().max(200).catch('') });

/** The tries of one computer in a minute that hash a password. */
const perMinute = { max: 60, timeWindow: 60_000 } as const;

/** The pages for users: sign in, choose a new password, follow a reset link. Forms alone, no script. */
export async function registerPages(server: FastifyInstance, collaborators: Collaborators): Promise<void> {
  const { signIn, sessions, choosePassword, links, freezes, policy, publicUrl, onUnexpected } = collaborators;
>>>>>>> 44460a9 (Write mails from templates in two parts, each with a way to say that it was not me)
  await server.register(cookies);
  await server.register(formBody, { bodyLimit: 32 * 1024 });
  const site = createSite(server, collaborators);
  server.get('/pages.css', (_request, reply) =>
    reply
      .headers({ 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' })
      .send(style),
  );
<<<<<<< HEAD
  registerTrouble(site, collaborators);
  registerLogin(site, collaborators);
  registerAccount(site);
  registerChoosePassword(site, collaborators);
  registerResetLink(site, collaborators);
  return site;
=======
  server.get('/login', (request, reply) => {
    const { said } = request.query as { said?: string };
    const notice = said !== undefined && said in notices ? notices[said as keyof typeof notices] : null;
    return page(reply, notice === null ? emptyLogin : loginPage(notice));
  });
  server.post('/login', { config: { rateLimit: perMinute } }, async (request, reply) => {
    assertOwnForm(request);
    const { userName, password } = credentials.parse(request.body ?? {});
    const outcome = await signIn.signIn(userName, password, { ...from(request), actor: { kind: 'system' } });
    if (outcome.kind === 'ok') return enter(reply, outcome.account, false, '/account');
    if (outcome.kind === 'must-change') return enter(reply, outcome.account, true, '/change-password');
    // "Locked" would tell a stranger that the name exists, so it is told as "wrong" is.
    return page(reply, loginPage(outcome.kind === 'locked' ? 'wrong' : outcome.kind, userName), 401);
  });
  server.get('/account', async (request, reply) => {
    const session = await sessions.find(request.cookies[cookieName]);
    if (!session) return reply.redirect('/login', 303);
    if (session.mustChange) return reply.redirect('/change-password', 303);
    const { said } = request.query as { said?: string };
    return page(reply, accountPage(session.account.display_name, said === 'changed'));
  });
  server.get('/change-password', async (request, reply) => {
    const session = await sessions.find(request.cookies[cookieName]);
    if (!session) return reply.redirect('/login', 303);
    return page(reply, await choosing(session.mustChange ? 'temporary' : 'own', session.account, []));
  });
  server.post('/change-password', { config: { rateLimit: perMinute } }, async (request, reply) => {
    assertOwnForm(request);
    const session = await sessions.find(request.cookies[cookieName]);
    if (!session) return reply.redirect('/login?said=over', 303);
    const { account, mustChange } = session;
    const chosen = newPassword.parse(request.body ?? {});
    const faults = await choosePassword.choose(account, chosen, byUser(request, account));
    if (faults.length > 0) {
      return page(reply, await choosing(mustChange ? 'temporary' : 'own', account, faults), 422);
    }
    // The change ended every session, this one included: whoever made it goes on in a new one.
    return enter(reply, account, false, '/account?said=changed');
  });
  server.post('/logout', async (request, reply) => {
    assertOwnForm(request);
    const session = await sessions.find(request.cookies[cookieName]);
    if (session) await sessions.end(session, byUser(request, session.account));
    return reply.clearCookie(cookieName, { ...cookie, secure: secure() }).redirect('/login?said=out', 303);
  });
  server.get('/reset/:token', { config: { rateLimit: perMinute } }, async (request, reply) => {
    const given = token.parse(request.params);
    const found = await links.look(given.token, from(request));
    if (!found) return page(reply, deadLinkPage(), 410);
    return page(reply, await choosing('link', found.account, [], given.token));
  });
  server.post('/reset', { config: { rateLimit: perMinute } }, async (request, reply) => {
    assertOwnForm(request);
    const given = token.parse(request.body ?? {});
    const used = await links.use(given.token, newPassword.parse(request.body ?? {}), from(request));
    if (used.kind === 'done') return reply.redirect('/login?said=changed', 303);
    const found = used.kind === 'faults' ? await links.look(given.token, from(request)) : null;
    if (used.kind === 'dead' || !found) return page(reply, deadLinkPage(), 410);
    return page(reply, await choosing('link', found.account, used.faults, given.token), 422);
  });
  const deskContact = async () => (await policy.current()).document.deskContact;
  registerNotMe(server, freezes, deskContact, { page, from, assertOwnForm });
  server.get('/*', (_request, reply) => page(reply, notFoundPage(), 404));
>>>>>>> 44460a9 (Write mails from templates in two parts, each with a way to say that it was not me)
}
