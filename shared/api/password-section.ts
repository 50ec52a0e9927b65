import { z } from 'zod';
import { presetNames } from '../password-policy/policy.ts';
import { directories } from './account.ts';

/** What may be asked for on top of a preset; what is left out asks for nothing, so a demand never makes a policy weaker. */
export const passwordDemands = z
  .object({
    shortest: z.int().min(1).max(64),
    upper: z.boolean(),
    lower: z.boolean(),
    digit: z.boolean(),
    special: z.boolean(),
    /** So many of the four kinds of character, whichever. */
    kinds: z.int().min(0).max(4),
    names: z.boolean(),
    common: z.boolean(),
    predictable: z.boolean(),
    blocked: z.array(z.string().trim().min(3).max(64)).max(1000),
    history: z.int().min(0).max(24),
    breached: z.boolean(),
  })
  .partial();

/** What a user's own password must be. Sections beyond the preset came later and have defaults, for policies that were stored before. */
export const passwordSection = z.object({
  preset: z.enum(presetNames),
  history: z.int().min(0).max(24),
  demands: passwordDemands.default({}),
  /** Each directory's own, by its kind; the stricter of both counts. */
  directories: z.partialRecord(z.enum(directories), passwordDemands).default({}),
  /** `timeout` in milliseconds for the whole look-up; where the list is stands in the backend's configuration. */
  breached: z
    .object({ refuse: z.boolean(), timeout: z.int().min(50).max(5000) })
    .default({ refuse: false, timeout: 1500 }),
});

/** Styles of a temporary password: groups of characters, or words. */
export const temporaryStyles = ['groups', 'words'] as const;
