import { z } from 'zod';
import { passwordRules } from '../password-policy/rules.ts';
import { directories } from './account.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

/** The verdict on a password that nobody has set yet; nothing of it is kept. */
export const checkNewPassword = endpoint({
  id: 'checkNewPassword',
  method: 'POST',
  path: '/password-checks',
  summary: 'Say which rules of the policy in force a password breaks; nothing is set and nothing is kept',
  right: 'session',
  body: z.object({
    password: z.string().max(limits.password),
    userName: z.string().max(limits.userName).optional(),
    displayName: z.string().max(limits.displayName).optional(),
    email: z.string().max(limits.email).optional(),
    /** Whose accounts the password is for; a directory may ask for more. */
    directory: z.enum(directories).default('built-in'),
  }),
  answer: z.object({
    ok: z.boolean(),
    broken: z.array(
      z.object({
        rule: z.enum(passwordRules),
        /** In plain words, for the password's owner. */
        words: z.string(),
      }),
    ),
    /** What the policy asks for, whatever the password: the lines of a list. */
    asked: z.array(z.object({ rule: z.enum(passwordRules), words: z.string() })),
  }),
  secret: true,
  errors: [],
});
