import { z } from 'zod';
import { presetNames } from '../password-policy/policy.ts';
import { directories } from './account.ts';
import { typedLine } from './typed-text.ts';

/** Rules in addition to a preset. An absent rule demands nothing, so additions cannot weaken a policy. */
export const passwordDemands = z
  .object({
    shortest: z.int().min(1).max(64),
    upper: z.boolean(),
    lower: z.boolean(),
    digit: z.boolean(),
    special: z.boolean(),
    /** The number of character classes (upper case, lower case, digit, special) that a password must have, whichever they are. */
    kinds: z.int().min(0).max(4),
    names: z.boolean(),
    common: z.boolean(),
    predictable: z.boolean(),
    blocked: z.array(typedLine(64).min(3)).max(1000),
    history: z.int().min(0).max(24),
    breached: z.boolean(),
  })
  .partial();

/** The rules for users' passwords. Fields other than the preset have defaults, for policies that were stored before they existed. */
export const passwordSection = z.object({
  preset: z.enum(presetNames),
  history: z.int().min(0).max(24),
  demands: passwordDemands.default({}),
  /** Rules of each kind of directory; the stricter of both applies. */
  directories: z.partialRecord(z.enum(directories), passwordDemands).default({}),
  /** `timeout`: milliseconds for the whole look-up. The backend's configuration says where the list is. */
  breached: z
    .object({ refuse: z.boolean(), timeout: z.int().min(50).max(5000) })
    .default({ refuse: false, timeout: 1500 }),
});

/** Styles of a temporary password: groups of characters, or words. */
export const temporaryStyles = ['groups', 'words'] as const;
/** The styles of secrets that are read out. A pass has the style of its directory. */
export const secretStyles = [...temporaryStyles, 'access-pass'] as const;

/**
 * Bits of randomness of a temporary password: at least 44, since it is good once, for an hour, behind a lock after five tries, and far more than the 20 that
 * OWASP ASVS asks of a one-time code; at most 128, beyond which it is too long to read out.
 */
export const temporaryBits = { min: 44, max: 128 } as const;
