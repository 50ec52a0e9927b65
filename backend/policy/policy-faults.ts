import { checkKinds } from '../../shared/api/check.ts';
import { contradictionsIn, type PolicyContradiction } from '../../shared/api/policy-contradictions.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { Refusal } from '../refusal.ts';
import { assuranceOf, unlockAssuranceOf } from './assurance.ts';

const tiers = ['standard', 'sensitive', 'privileged'] as const;

const contradictions: Readonly<Record<PolicyContradiction['why'], string>> = {
  'mode-not-allowed': 'The default delivery of a tier must be one of the allowed ways.',
  'longer-than-at-most': 'The default alert duration is longer than the maximum alert duration.',
};

/** Throws `policy.invalid` for a policy that contradicts itself or that asks of a tier more than all checks together earn. */
export function assertValidPolicy(document: PolicyDocument): void {
  const everything = checkKinds.map((kind) => ({ kind, outcome: 'passed' }));
  const unmet = (assure: typeof assuranceOf) =>
    tiers.map((tier) => ({ tier, ...assure(everything, tier, document) })).filter(({ met }) => !met);
  const unreachable = unmet(assuranceOf).map(({ tier, missing, earned }) => ({
    path: `body.document.${missing.points > 0 ? 'bars' : 'factors'}.${tier}`,
    message:
      missing.points > 0
        ? `All checks together earn ${earned} points, but ${tier} requires more.`
        : `The offered checks have fewer different factors than ${tier} requires.`,
  }));
  const beyondUnlock = unmet((evidence, tier) => unlockAssuranceOf(evidence, tier, document)).map(
    ({ tier, earned }) => ({
      path: `body.document.unlockBars.${tier}`,
      message: `All checks together earn ${earned} points, but an unlock of ${tier} requires more.`,
    }),
  );
  const fields = [
    ...contradictionsIn(document).map(({ path, why }) => ({
      path: `body.document.${path}`,
      message: contradictions[why],
    })),
    ...unreachable,
    ...beyondUnlock,
  ];
  if (fields.length === 0) return;
  throw new Refusal('policy.invalid', { fields, detail: fields.map(({ message }) => message).join(' ') });
}
