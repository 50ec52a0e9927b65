import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { role } from './operator.ts';
import { nextStep, sessionTokens } from './session.ts';

/** How operators sign in with an identity provider (OpenID Connect); the client's secret is written, never read back. */
export const providerSettings = z.object({
  enabled: z.boolean(),
  /** As the button names it. */
  name: z.string().trim().max(80),
  /** `https`, or `http` on this computer. */
  issuer: z.string().trim().max(2000),
  clientId: z.string().trim().max(500),
  scopes: z.string().trim().max(500),
  /** The claim with the user name; dots lead into objects. */
  userNameClaim: z.string().trim().max(200),
  /** The claim with roles or groups; empty when roles are given here alone. */
  rolesClaim: z.string().trim().max(200),
  roles: z.array(z.object({ value: z.string().trim().min(1).max(300), role })).max(100),
  /** How an operator who was there before is recognised at the first sign-in with the provider. */
  matchBy: z.enum(['nothing', 'user-name', 'email']),
  /** Whoever has a role and is not known becomes an operator. */
  create: z.boolean(),
  /** Where the second factor is asked for. */
  secondFactor: z.enum(['here', 'provider']),
});
export type ProviderSettings = z.infer<typeof providerSettings>;

const view = providerSettings.extend({
  secretStored: z.boolean(),
  /** What has to be registered at the provider: a loopback address with any port (RFC 8252). */
  redirectUri: z.string(),
});
const right = 'operators.manage';

export const getProvider = endpoint({
  id: 'getProvider',
  method: 'GET',
  path: '/settings/provider',
  summary: 'How operators sign in with an identity provider',
  right,
  bridge: 'provider.get',
  answer: view,
  errors: [],
});

export const changeProvider = endpoint({
  id: 'changeProvider',
  method: 'PUT',
  path: '/settings/provider',
  summary:
    'Change the identity provider; without a secret the stored one stays, unless it was for another client',
  right,
  bridge: 'provider.change',
  body: providerSettings.extend({ secret: z.string().max(limits.password).optional() }),
  answer: view,
  errors: ['request.invalid', 'session.reauthentication-required'],
});

export const testProvider = endpoint({
  id: 'testProvider',
  method: 'POST',
  path: '/settings/provider/test',
  summary: 'Read the stored provider’s own description of itself',
  right,
  bridge: 'provider.test',
  answer: z.object({ issuer: z.string(), authorizationEndpoint: z.string(), pkce: z.boolean() }),
  errors: ['provider.off', 'provider.unavailable'],
});

export const startProviderSignIn = endpoint({
  id: 'startProviderSignIn',
  method: 'POST',
  path: '/session/provider',
  summary: 'Begin a sign-in with the identity provider: where to send the browser',
  right: null,
  body: z.object({
    redirectUri: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/callback$/),
    /** S256 (RFC 7636). */
    codeChallenge: z.string().regex(/^[\w-]{43}$/),
    /** The provider shall ask again, also who is signed in there. */
    again: z.boolean().default(false),
  }),
  answer: z.object({ ticket: z.string(), url: z.string(), state: z.string() }),
  secret: true,
  errors: ['provider.off', 'provider.unavailable'],
});

export const finishProviderSignIn = endpoint({
  id: 'finishProviderSignIn',
  method: 'POST',
  path: '/session/provider/finish',
  summary:
    'What the browser brought back; a session, a second step, or, with a refresh token, a proof for that session',
  right: null,
  body: z.object({
    ticket: z.string().min(1).max(limits.password),
    /** The query of the redirect, as it came. */
    query: z.string().max(8000),
    verifier: z.string().regex(/^[\w.~-]{43,128}$/),
    client: z.string().max(200).optional(),
    refreshToken: z.string().max(limits.password).optional(),
  }),
  answer: z.union([sessionTokens, nextStep]),
  secret: true,
  errors: [
    'session.ticket-gone',
    'provider.off',
    'provider.unavailable',
    'provider.refused',
    'provider.unknown-operator',
    'provider.no-role',
    'operator.disabled',
    'session.expired',
  ],
});
