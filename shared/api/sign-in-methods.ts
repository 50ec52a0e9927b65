import { z } from 'zod';
import { actionObstacles } from './case.ts';
import { actionErrors, grantErrors, ownCaseErrors } from './case-errors.ts';
import { endpoint } from './endpoint.ts';

export const signInMethodKinds = [
  'phone',
  'authenticator-app',
  'security-key',
  'windows-hello',
  'one-time-codes',
  'recovery-codes',
  'email',
  'platform-credential',
  'external',
  'access-pass',
  /** A kind that this version does not know and cannot remove. */
  'other',
] as const;
export type SignInMethodKind = (typeof signInMethodKinds)[number];

/** A way, besides the password, in which a user signs in or proves their identity at the directory. */
export const signInMethod = z.object({
  id: z.string(),
  kind: z.enum(signInMethodKinds),
  /** The device's name, or a masked number or address; null if the directory has none. */
  label: z.string().nullable(),
  addedAt: z.iso.datetime().nullable(),
});

const caseParams = z.object({ caseId: z.string().min(1).max(100) });
const directoryErrors = [
  'directory.unavailable',
  'directory.not-trusted',
  'directory.service-account',
  'directory.right-missing',
  'directory.account-gone',
  'directory.not-found',
] as const;

const answer = z.object({
  methods: z.array(signInMethod),
  /** Why no method can be removed now; null if one can. A removal needs the points of a privileged account. */
  obstacle: z.enum(actionObstacles).nullable(),
  earned: z.int(),
  needed: z.int(),
});
export type SignInMethodsView = z.infer<typeof answer>;

export const listSignInMethods = endpoint({
  id: 'listSignInMethods',
  method: 'GET',
  path: '/cases/:caseId/sign-in-methods',
  summary:
    "Read the sign-in methods of the case's account from its directory; empty if the directory has none",
  right: 'cases.work',
  scope: { by: 'case' },
  bridge: 'cases.signInMethods',
  params: caseParams,
  answer,
  errors: [...ownCaseErrors, ...directoryErrors, 'directory.off'],
});

export const removeSignInMethod = endpoint({
  id: 'removeSignInMethod',
  method: 'POST',
  path: '/cases/:caseId/sign-in-methods/remove',
  summary: "Spend a grant: remove one sign-in method of the case's account in its directory",
  right: 'cases.work',
  scope: { by: 'case' },
  proof: 'in-decision',
  bridge: 'cases.removeSignInMethod',
  params: caseParams,
  body: z.object({
    grantId: z.string().min(1).max(100),
    methodId: z.string().min(1).max(300),
  }),
  answer,
  errors: [
    ...actionErrors,
    ...grantErrors,
    ...directoryErrors,
    'approval.needed',
    'account.not-locked',
    'directory.method-kept',
    'directory.method-not-found',
  ],
});
