import { checkKinds, type CheckKind } from '../../shared/api/check.ts';
import type { DrillScene } from '../../shared/api/drill.ts';
import type { tiers } from '../../shared/api/tiers.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { assuranceOf } from '../policy/assurance.ts';
import { emailChangedBefore, personas, type Persona } from './personas.ts';
import { createSeeded, type Seeded } from './seeded.ts';

export type Tier = (typeof tiers)[number];

/** An account that somebody may call about. */
export interface DrillAccount {
  readonly id: string;
  readonly displayName: string;
  readonly userName: string;
  readonly department: string;
  readonly manager: string;
  readonly employeeNumber: string;
  readonly tier: Tier;
  /** The checks that have nothing in their way: there is an address, a number, a manager who can be asked. */
  readonly open: readonly CheckKind[];
}

/** Somebody who calls, with all that is true of them. */
export interface Caller {
  readonly persona: Persona;
  readonly account: DrillAccount;
  /** The checks that the caller passes on this account, when the agent does them as they are meant. */
  readonly passes: readonly CheckKind[];
  /** Digits from which a made-up code is read out. */
  readonly guess: string;
  /** Chooses between the ways in which the same is said. */
  readonly tone: number;
}

/** Fewer honest callers or attackers than this would give the game away. */
const leastOfEach = 0.35;

/** A policy as it holds in a scene: under a raised alert weak checks are off. */
export const policyIn = (scene: DrillScene, policy: PolicyDocument): PolicyDocument =>
  scene === 'calm'
    ? policy
    : { ...policy, checksOff: [...new Set([...policy.checksOff, ...policy.weakChecks])] };

/** What of an account's checks is in the way because of what the persona brings along. */
function openTo({ past }: Persona, { open }: DrillAccount, { contactCoolDown, checksOff }: PolicyDocument) {
  const cooling = past === 'email-changed' && contactCoolDown * 1000 > emailChangedBefore;
  return open.filter((kind) => !checksOff.includes(kind) && !(cooling && kind === 'emailed-code'));
}

/** The checks that such a caller passes on such an account. */
export const passedBy = (persona: Persona, account: DrillAccount, policy: PolicyDocument): CheckKind[] => {
  const open = openTo(persona, account, policy);
  return checkKinds.filter((kind) => persona.passes.includes(kind) && open.includes(kind));
};

/** Whether checks that were passed are enough for the account. */
export const suffices = (kinds: readonly CheckKind[], tier: Tier, policy: PolicyDocument): boolean =>
  assuranceOf(
    kinds.map((kind) => ({ kind, outcome: 'passed' })),
    tier,
    policy,
  ).met;

/** Whether the policy can tell such a caller for what they are: the honest can be verified, the others cannot. */
function fits(persona: Persona, account: DrillAccount, policy: PolicyDocument): boolean {
  return (
    persona.tiers.includes(account.tier) &&
    suffices(passedBy(persona, account, policy), account.tier, policy) === persona.honest
  );
}

function castOf(seeded: Seeded, size: number, playable: readonly Persona[]): Persona[] {
  const honest = playable.filter((persona) => persona.honest);
  const others = playable.filter((persona) => !persona.honest);
  const least = Math.max(1, Math.floor(size * leastOfEach));
  const honestOnes = least + seeded.below(size - 2 * least + 1);
  const some = (from: readonly Persona[], many: number): Persona[] => {
    const found: Persona[] = [];
    // A persona comes back only after every other one has called.
    while (from.length > 0 && found.length < many) found.push(...seeded.shuffled(from));
    return found.slice(0, many);
  };
  return seeded.shuffled([...some(honest, honestOnes), ...some(others, size - honestOnes)]);
}

/**
 * The callers of a drill: the same for the same seed, accounts and policy. Every honest one can be verified under the policy, and no attacker
 * can without an agent who breaks a rule; personas for which the policy leaves no such account do not call. No account is called about twice.
 */
export function drawCallers(
  seed: number,
  size: number,
  accounts: readonly DrillAccount[],
  policy: PolicyDocument,
): Caller[] {
  const seeded = createSeeded(seed);
  const playable = personas.filter((persona) => accounts.some((account) => fits(persona, account, policy)));
  const taken = new Set<string>();
  const callers: Caller[] = [];
  for (const persona of castOf(seeded, size, playable)) {
    const free = accounts.filter((account) => !taken.has(account.id) && fits(persona, account, policy));
    if (free.length === 0) continue;
    const account = seeded.pick(free);
    taken.add(account.id);
    callers.push({
      persona,
      account,
      passes: passedBy(persona, account, policy),
      guess: Array.from({ length: 10 }, () => String(seeded.below(10))).join(''),
      tone: seeded.below(1000),
    });
  }
  return callers;
}
