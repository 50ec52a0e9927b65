import cookies from '@fastify/cookie';
import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { Phrase } from '../../casework/cases/phrases.ts';
import type { Requirement } from '../../casework/decision/read-requirement.ts';
import type { HeldChanges } from '../../credentials/own-changes/held-changes.ts';
import type { Channels } from '../../messaging/channels.ts';
import type { Sealed } from '../../store/sealed.ts';
import { assets } from './assets.ts';
import type { SelfService } from '../../self-service/create-self-service.ts';
import { registerAccount } from './account/register-account.ts';
import { registerActivity } from './account/register-activity.ts';
import { registerAuthenticator } from './account/register-authenticator.ts';
import { registerContact } from './account/register-contact.ts';
import { registerQuestions } from './account/register-questions.ts';
import { registerRecoveryCodes } from './account/register-recovery-codes.ts';
import { registerSessions } from './account/register-sessions.ts';
import type { Brand } from './brand.ts';
import { registerSecondFactor } from './second-factor/register-second-factor.ts';
import { registerChoosePassword } from './choose-password/register-choose-password.ts';
import { registerForgotPassword } from './forgot-password/register-forgot-password.ts';
import { registerHelp } from './help/register-help.ts';
import { registerLogin } from './login/register-login.ts';
import { registerResetLink } from './reset-link/register-reset-link.ts';
import { createSite, type Site } from './site.ts';
import { registerTrouble } from './trouble/register-trouble.ts';

interface Collaborators extends SelfService {
  readonly held: Pick<HeldChanges, 'withdraw'>;
  readonly readRequirement: (accountId: string) => Promise<Requirement | null>;
  /** The words that currently prove the help desk to the owner of an account. */
  readonly phraseOf: (accountId: string) => Phrase | null;
  readonly channels: Pick<Channels, 'obstacle'>;
  readonly sealed: Sealed;
  readonly brand: Brand;
  readonly publicUrl: () => string;
  readonly now: () => number;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

/** Registers the self-service pages, server-rendered forms that work without a script. Returns the site on which further pages are registered. */
export async function registerPages(server: FastifyInstance, collaborators: Collaborators): Promise<Site> {
  await server.register(cookies);
  // A page accepts only forms as bodies.
  server.removeAllContentTypeParsers();
  await server.register(formBody, { bodyLimit: 32 * 1024 });
  const site = createSite(server, collaborators);
  for (const { path, type, text } of Object.values(assets)) {
    server.get(path.split('?')[0] ?? path, (_request, reply) =>
      reply
        .headers({ 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' })
        .send(text),
    );
  }
  registerTrouble(server, site, collaborators);
  registerLogin(site, collaborators);
  registerSecondFactor(site, collaborators);
  registerAccount(site, collaborators);
  registerContact(site, collaborators);
  registerSessions(site, collaborators);
  registerActivity(site, collaborators);
  registerAuthenticator(site, collaborators);
  registerRecoveryCodes(site, collaborators);
  registerQuestions(site, collaborators);
  registerChoosePassword(site, collaborators);
  registerResetLink(site, collaborators);
  registerForgotPassword(site, collaborators);
  registerHelp(site, collaborators);
  return site;
}
