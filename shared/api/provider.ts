import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { role } from './operator.ts';
import { nextStep, sessionTokens } from './session.ts';
import { typedLine } from './typed-text.ts';

/** The settings of the identity provider (OpenID Connect). The client secret can be set, but is never answered. */
export const providerSettings = z.object({
  enabled: z.boolean(),
  /** The label of the sign-in button. */
  name: typedLine(80),
  /** `https`, or `http` for a loopback address. */
  issuer: typedLine(2000),
  clientId: typedLine(500),
  scopes: typedLine(500),
  /** The claim with the user name; dots separate nested names. */
  userNameClaim: typedLine(200),
  /** The claim with roles or groups; empty when only administrators give roles here. */
  rolesClaim: typedLine(200),
  roles: z.array(z.object({ value: typedLine(300).min(1), role })).max(100),
  /**
   * Domains whose users have the part before the @ as their user name here, separated by blanks: with `example.com CORP`, both `bea@example.com` and
   * `CORP\\bea` are `bea`.
   */
  userNameDomains: typedLine(500).default(''),
  /** The provider alone gives out its addresses, so they count as verified without the claim `email_verified`, which Entra ID does not send. */
  emailIsVerified: z.boolean().default(false),
  /** How an existing operator is recognised at the first sign-in with the provider. */
  matchBy: z.enum(['nothing', 'user-name', 'email']),
  /** Creates an operator at the first sign-in of an unknown user who has a role. */
  create: z.boolean(),
  /** Who asks for the second factor. */
  secondFactor: z.enum(['here', 'provider']),
});
export type ProviderSettings = z.infer<typeof providerSettings>;

const view = providerSettings.extend({
  secretStored: z.boolean(),
  /** Operators who are linked to another issuer and cannot sign in with this one. */
  linkedElsewhere: z.int(),
  /** The redirect address to register at the provider: loopback, with any port (RFC 8252). */
  redirectUri: z.string(),
  /** The address to register for OpenID Connect's back-channel logout. */
  backChannelLogoutUri: z.string(),
});
const right = 'operators.manage';

export const getProvider = endpoint({
  id: 'getProvider',
  method: 'GET',
  path: '/settings/provider',
  summary: 'Get the settings of the identity provider',
  right,
  scope: { by: 'everything' },
  bridge: 'provider.get',
  answer: view,
  errors: [],
});

export const changeProvider = endpoint({
  id: 'changeProvider',
  method: 'PUT',
  path: '/settings/provider',
  summary: 'Change the identity provider; without a secret the stored one is kept, unless the client changes',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'provider.change',
  body: providerSettings.extend({ secret: z.string().max(limits.password).optional() }),
  answer: view,
  errors: ['request.invalid'],
});

export const unlinkOtherIssuers = endpoint({
  id: 'unlinkOtherIssuers',
  method: 'POST',
  path: '/settings/provider/unlink-other-issuers',
  summary:
    'After a change of the issuer: unlink every operator who is linked to another one, so that they are recognised again at their next sign-in',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'provider.unlinkOtherIssuers',
  answer: z.object({ unlinked: z.int() }),
  errors: ['provider.off'],
});

export const testProvider = endpoint({
  id: 'testProvider',
  method: 'POST',
  path: '/settings/provider/test',
  summary: 'Test the stored provider: read its discovery document, and see whether it accepts the client',
  right,
  scope: { by: 'everything' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'provider.test',
  answer: z.object({
    issuer: z.string(),
    authorizationEndpoint: z.string(),
    pkce: z.boolean(),
    /** `unknown` where the provider does not say before a real sign-in. */
    client: z.enum(['accepted', 'unknown']),
  }),
  errors: ['provider.off', 'provider.unavailable'],
});

export const startProviderSignIn = endpoint({
  id: 'startProviderSignIn',
  method: 'POST',
  path: '/session/provider',
  summary: 'Begin a sign-in with the identity provider: get the address to open in the browser',
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.object({
    redirectUri: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/callback$/),
    /** S256 (RFC 7636). */
    codeChallenge: z.string().regex(/^[\w-]{43}$/),
    /** Makes the provider authenticate again, even with an open session there. */
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
    "Finish a sign-in with the redirect's query. With a refresh token it re-authenticates that session instead",
  right: null,
  scope: { by: 'nothing', because: 'there is no session yet' },
  body: z.object({
    ticket: z.string().min(1).max(limits.password),
    /** The query of the redirect, unchanged. */
    query: z.string().max(8000),
    verifier: z.string().regex(/^[\w.~-]{43,128}$/),
    client: typedLine(200).optional(),
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
