import { randomUUID } from 'node:crypto';
import cookies from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { limits } from '../../shared/api/limits.ts';
import { policyFor } from '../../shared/password-policy/policy.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import type { Origin } from '../audit/append-event.ts';
import type { AccountRow } from '../directory/directory.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { ChoosePassword } from '../self-service/choose-password.ts';
import type { ResetLinks } from '../self-service/reset-links.ts';
import type { UserSignIn } from '../self-service/sign-in.ts';
import type { UserSessions } from '../self-service/user-sessions.ts';
import { isUnstorableText } from '../store/unstorable-text.ts';
import { assertOwnForm, ForeignForm } from './own-form.ts';
import { accountPage, choosePage, deadLinkPage, loginPage, notFoundPage, troublePage } from './page-views.ts';
import { style } from './style.ts';

interface Collaborators {
  readonly signIn: UserSignIn;
  readonly sessions: UserSessions;
  readonly choosePassword: ChoosePassword;
  readonly links: ResetLinks;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

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
  const { signIn, sessions, choosePassword, links, policy, publicUrl, onUnexpected } = collaborators;
  await server.register(cookies);
  await server.register(formBody, { bodyLimit: 32 * 1024 });

  const page = (reply: FastifyReply, text: string, status = 200) =>
    reply
      .code(status)
      .headers({
        'Content-Security-Policy': policyHeader,
        'Cache-Control': 'no-store',
        'Content-Type': 'text/html; charset=utf-8',
      })
      .send(text);
  const from = (request: FastifyRequest): Omit<Origin, 'actor'> => ({
    clientAddress: request.ip,
    client: request.headers['user-agent']?.slice(0, 200) ?? null,
  });
  const byUser = (request: FastifyRequest, { id, display_name: name }: AccountRow): Origin => ({
    ...from(request),
    actor: { kind: 'user', id, name },
  });
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict' } as const;
  const secure = () => publicUrl().startsWith('https:');
  const enter = async (reply: FastifyReply, account: AccountRow, mustChange: boolean, to: string) => {
    const opened = await sessions.open(account, mustChange);
    return reply
      .setCookie(cookieName, opened.token, { ...cookie, secure: secure(), maxAge: opened.seconds })
      .redirect(to, 303);
  };
  const choosing = async (
    why: 'temporary' | 'own' | 'link',
    account: AccountRow,
    faults: readonly PasswordFault[],
    linkToken?: string,
  ) =>
    choosePage({
      action: linkToken === undefined ? '/change-password' : '/reset',
      ...(linkToken !== undefined && { token: linkToken }),
      why,
      userName: account.user_name,
      asked: policyFor((await policy.current()).document.passwords, account.directory),
      faults,
    });

  server.setErrorHandler((thrown, _request, reply) => {
    const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
    if (thrown instanceof ForeignForm) return page(reply, troublePage(null), 403);
    if (status === 429) return page(reply, loginPage('slow'), 429);
    const reference = randomUUID().slice(0, 8);
    if (typeof status === 'number' && status < 500) return page(reply, troublePage(reference), status);
    if (isUnstorableText(thrown)) return page(reply, troublePage(reference), 400);
    onUnexpected(reference, thrown);
    return page(reply, troublePage(reference), 500);
  });

  // The same for everybody, so it is made once.
  const emptyLogin = loginPage(null);
  const notices = { changed: 'link-used', out: 'signed-out', over: 'session-over' } as const;

  server.get('/', (_request, reply) => reply.redirect('/login', 303));
  server.get('/pages.css', (_request, reply) =>
    reply
      .headers({ 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' })
      .send(style),
  );
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
  server.get('/*', (_request, reply) => page(reply, notFoundPage(), 404));
}
