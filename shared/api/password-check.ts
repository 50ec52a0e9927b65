import { z } from 'zod';
import { passwordRules } from '../password-policy/rules.ts';
import { directories } from './account.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

/** The result of checking a password that has not been set. The password is not stored. */
export const checkNewPassword = endpoint({
  id: 'checkNewPassword',
  method: 'POST',
  path: '/password-checks',
  summary: 'Check which rules of the policy a password breaks; it is neither set nor stored',
  right: 'session',
  scope: { by: 'nothing', because: 'it shows and changes no account' },
  body: z.object({
    password: z.string().max(limits.password),
    userName: z.string().max(limits.userName).optional(),
    displayName: z.string().max(limits.displayName).optional(),
    email: z.string().max(limits.email).optional(),
    /** The directory of the account: a directory may add rules to the policy's. */
    directory: z.enum(directories).default('built-in'),
  }),
  answer: z.object({
    ok: z.boolean(),
    broken: z.array(
      z.object({
        rule: z.enum(passwordRules),
        /** A text for the password's owner. */
        words: z.string(),
      }),
    ),
    /** The policy's rules as a list of texts, whatever the password. */
    asked: z.array(z.object({ rule: z.enum(passwordRules), words: z.string() })),
  }),
  secret: true,
  errors: [],
});
