import cookies from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { ChoosePassword } from '../self-service/choose-password.ts';
import type { ResetLinks } from '../self-service/reset-links.ts';
import type { UserSignIn } from '../self-service/sign-in.ts';
import type { UserSessions } from '../self-service/user-sessions.ts';
import { registerAccount } from './account/register-account.ts';
import { registerChoosePassword } from './choose-password/register-choose-password.ts';
import { registerLogin } from './login/register-login.ts';
import { registerResetLink } from './reset-link/register-reset-link.ts';
import { createSite, type Site } from './site.ts';
import { style } from './style.ts';
import { registerTrouble } from './trouble/register-trouble.ts';

interface Collaborators {
  readonly signIn: UserSignIn;
  readonly sessions: UserSessions;
  readonly choosePassword: ChoosePassword;
  readonly links: ResetLinks;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
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
  server.get('/pages.css', (_request, reply) =>
    reply
      .headers({ 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=3600' })
      .send(style),
  );
  registerTrouble(site, collaborators);
  registerLogin(site, collaborators);
  registerAccount(site);
  registerChoosePassword(site, collaborators);
  registerResetLink(site, collaborators);
  return site;
}
