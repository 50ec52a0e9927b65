import cookies from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { ChoosePassword } from '../self-service/choose-password.ts';
import type { ConfirmPassword } from '../self-service/confirm-password.ts';
import type { PasswordRequests } from '../self-service/forgot-password/password-requests.ts';
import type { ResetLinks } from '../self-service/reset-links.ts';
import type { TellOwner } from '../self-service/tell-owner.ts';
import type { UserSignIn } from '../self-service/sign-in.ts';
import type { UserSessions } from '../self-service/user-sessions.ts';
import { assets } from './assets.ts';
import { registerAccount } from './account/register-account.ts';
import { registerChoosePassword } from './choose-password/register-choose-password.ts';
import { registerForgotPassword } from './forgot-password/register-forgot-password.ts';
import { registerHelp } from './help/register-help.ts';
import { registerLogin } from './login/register-login.ts';
import { registerResetLink } from './reset-link/register-reset-link.ts';
import { createSite, type Site } from './site.ts';
import { registerTrouble } from './trouble/register-trouble.ts';

interface Collaborators {
  readonly signIn: UserSignIn;
  readonly sessions: UserSessions;
  readonly choosePassword: ChoosePassword;
  readonly links: ResetLinks;
  readonly tellOwner: TellOwner;
  readonly confirmPassword: ConfirmPassword;
  readonly requests: PasswordRequests;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
  readonly now: () => number;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

/**
 * The pages for users, a folder for each: server-rendered forms that work without any script. Answers what further pages register themselves
 * on.
 */
export async function registerPages(server: FastifyInstance, collaborators: Collaborators): Promise<Site> {
  await server.register(cookies);
  await server.register(formBody, { bodyLimit: 32 * 1024 });
  const site = createSite(server, collaborators);
  for (const { path, type, text } of Object.values(assets)) {
    server.get(path.split('?')[0] ?? path, (_request, reply) =>
      reply
        .headers({ 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' })
        .send(text),
    );
  }
  registerTrouble(site, collaborators);
  registerLogin(site, collaborators);
  registerAccount(site);
  registerChoosePassword(site, collaborators);
  registerResetLink(site, collaborators);
  registerForgotPassword(site, collaborators);
  registerHelp(site, collaborators);
  return site;
}
