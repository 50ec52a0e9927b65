import { checkKinds, checkRow, type CheckKind } from '../../shared/api/check.ts';
import type { DrillScene } from '../../shared/api/drill.ts';
import type { tiers } from '../../shared/api/tiers.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { coolingUntil } from '../casework/decision/contact.ts';
import { assuranceOf } from '../policy/assurance.ts';
import { emailChangedBefore, personas, type Persona } from './personas.ts';
import { createSeeded, type Seeded } from './seeded.ts';

export type Tier = (typeof tiers)[number];

/** An account that a caller may claim to own. */
export interface DrillAccount {
  readonly id: string;
  readonly displayName: string;
  readonly userName: string;
  readonly department: string;
  readonly manager: string;
  readonly employeeNumber: string;
  readonly tier: Tier;
  /** The checks that the account's data allows: it has an address, a number, a manager who can be asked. */
  readonly open: readonly CheckKind[];
}

/** A caller, with all facts about them. */
export interface Caller {
  readonly persona: Persona;
  readonly account: DrillAccount;
  /** The checks that the caller passes on this account if the operator does them correctly. */
  readonly passes: readonly CheckKind[];
  /** Digits of the codes that the caller makes up. */
  readonly guess: string;
  /** Chooses between texts with the same meaning. */
  readonly tone: number;
}

/** The minimum share of honest callers and of attackers. With smaller shares, a trainee could guess. */
const minShare = 0.35;

/** The policy in a scene: a raised alert turns weak checks off. */
export const policyIn = (scene: DrillScene, policy: PolicyDocument): PolicyDocument =>
  scene === 'calm'
    ? policy
    : { ...policy, checksOff: [...new Set([...policy.checksOff, ...policy.weakChecks])] };

/** The account's checks that the policy and the persona's past leave available. */
function openTo({ past }: Persona, { open }: DrillAccount, { contactCoolDown, checksOff }: PolicyDocument) {
  // The scene is set `emailChangedBefore` milliseconds after the change.
  const isCooling = past === 'email-changed' && coolingUntil(0, contactCoolDown, emailChangedBefore) !== null;
  return open.filter(
    (kind) => !checksOff.includes(kind) && !(isCooling && checkRow(kind).contact === 'email'),
  );
}

/** The checks that this kind of caller passes on this account. */
export const passedBy = (persona: Persona, account: DrillAccount, policy: PolicyDocument): CheckKind[] => {
  const open = openTo(persona, account, policy);
  return checkKinds.filter((kind) => persona.passes.includes(kind) && open.includes(kind));
};

/** Whether these passed checks suffice for a reset of the account. */
export const suffices = (kinds: readonly CheckKind[], tier: Tier, policy: PolicyDocument): boolean =>
  assuranceOf(
    kinds.map((kind) => ({ kind, outcome: 'passed' })),
    tier,
    policy,
  ).met;

/** Whether the policy can distinguish this kind of caller: an honest one can be verified, an attacker cannot. */
function isDistinguishable(persona: Persona, account: DrillAccount, policy: PolicyDocument): boolean {
  return (
    persona.tiers.includes(account.tier) &&
    suffices(passedBy(persona, account, policy), account.tier, policy) === persona.honest
  );
}

function castPersonas(seeded: Seeded, size: number, playable: readonly Persona[]): Persona[] {
  const honest = playable.filter((persona) => persona.honest);
  const attackers = playable.filter((persona) => !persona.honest);
  const min = Math.max(1, Math.floor(size * minShare));
  const honestCount = min + seeded.below(size - 2 * min + 1);
  const draw = (from: readonly Persona[], count: number): Persona[] => {
    const found: Persona[] = [];
    // A persona calls a second time only after all others have called.
    while (from.length > 0 && found.length < count) found.push(...seeded.shuffled(from));
    return found.slice(0, count);
  };
  return seeded.shuffled([...draw(honest, honestCount), ...draw(attackers, size - honestCount)]);
}

/**
 * Draws the callers of a drill. The result depends only on seed, accounts and policy. Under the policy every honest caller can be verified, and no
 * attacker unless the operator breaks a rule. Personas without a matching account do not call. Each account is called about at most once.
 */
export function drawCallers(
  seed: number,
  size: number,
  accounts: readonly DrillAccount[],
  policy: PolicyDocument,
): Caller[] {
  const seeded = createSeeded(seed);
  const playable = personas.filter((persona) =>
    accounts.some((account) => isDistinguishable(persona, account, policy)),
  );
  const taken = new Set<string>();
  const callers: Caller[] = [];
  for (const persona of castPersonas(seeded, size, playable)) {
    const free = accounts.filter(
      (account) => !taken.has(account.id) && isDistinguishable(persona, account, policy),
    );
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
