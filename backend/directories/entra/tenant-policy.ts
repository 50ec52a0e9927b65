import type { EffectivePolicy } from '../external/effective-policy.ts';

/**
 * The password rules of every tenant, which Microsoft documents but Graph does not report. The lockout limits are unreadable, and so are Microsoft's list of
 * forbidden passwords and the tenant's own.
 */
export const tenantPolicy: EffectivePolicy = {
  minLength: 8,
  complexity: true,
  history: 1,
  minAge: 0,
  lockoutThreshold: null,
  characters: { longest: 256 },
  unchecked: ['forbidden-passwords'],
  from: 'tenant',
  unreadable: ['lockoutThreshold'],
};
