import type { ResetAction } from '../../shared/api/case.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';

type Kind = 'emailed-code' | 'call-back';
const minute = 60_000;
const day = 24 * 60 * minute;
const factor = { 'emailed-code': 'possession', 'call-back': 'desk' } as const;

/** The events of one account, as the test recorded them. */
export interface History {
  tier: 'standard' | 'sensitive' | 'privileged';
  /** Tiers that an import replaced. Their rules still apply during the cool-down. */
  readonly formerTiers: { readonly tier: History['tier']; readonly at: number }[];
  readonly passed: { kind: Kind; at: number; caseId: string; session: string }[];
  /** Failed checks, and refusals that were not harmless, of all operators. */
  readonly failures: number[];
  /** Wrong codes of checks with tries left. */
  wrong: { readonly kind: Kind; readonly at: number; readonly caseId: string }[];
  readonly contact: { email: number | null; phone: number | null };
  readonly yeses: {
    at: number;
    caseId: string;
    session: string;
    action: ResetAction;
    policyVersion: number;
    asked: readonly string[];
    used: boolean;
  }[];
  readonly grants: Map<
    string,
    {
      at: number;
      caseId: string;
      session: string;
      action: ResetAction;
      policyVersion: number;
      spent: boolean;
    }
  >;
  readonly ended: Set<string>;
  readonly resets: string[];
  readonly touched: Map<string, number>;
  flaggedAt: number | null;
  /** Flags that no approver has cleared. */
  openFlags: number;
  /** When the owner froze the account. The last freeze is in force until it is lifted. */
  readonly freezes: number[];
  frozen: boolean;
  disabled: boolean;
}

export interface World {
  readonly now: number;
  readonly alertRaised: boolean;
  readonly policy: { readonly version: number; readonly document: PolicyDocument };
}

/**
 * When verifications failed, from the point of view of the case with this id: a check with wrong codes in another case that never passed there has
 * failed once.
 */
function failuresFor({ failures, wrong, passed }: History, ownCase: string): number[] {
  const unfinished = new Map<string, number>();
  for (const { kind, at, caseId } of wrong)
    if (caseId !== ownCase && !passed.some((row) => row.caseId === caseId && row.kind === kind))
      unfinished.set(`${caseId} ${kind}`, at);
  return [...failures, ...unfinished.values()];
}

/** Why the case needs an approval, derived from the history alone. */
export function fourEyes(history: History, ownCase: string, { now, alertRaised, policy }: World): string[] {
  const { contact } = history;
  const failures = failuresFor(history, ownCase);
  const changed = Math.max(contact.email ?? 0, contact.phone ?? 0);
  const recent = failures.filter((at) => at > now - day).length;
  const { document } = policy;
  const rested = now - document.contactCoolDown * 1000;
  const former = history.formerTiers.filter(({ at }) => at > rested).map(({ tier }) => tier);
  const tiers = [history.tier, ...former];
  return [
    ...(tiers.some((tier) => document.approvals.tiers.includes(tier)) ? ['tier'] : []),
    ...(alertRaised ? ['alert'] : []),
    ...(changed > now - day ? ['toxic'] : []),
    ...(recent >= 2 ? ['third'] : []),
    ...(history.flaggedAt === null ? [] : ['flag']),
  ];
}

/** The rules that a reset has broken; empty if it satisfied all. Shares no code with the product. */
export function breaches(
  history: History,
  reset: { caseId: string; session: string; grantId: string; action: ResetAction; approver: boolean },
  world: World,
): string[] {
  const { now, policy, alertRaised } = world;
  const { document } = policy;
  const found: string[] = [];
  const weak = (kind: Kind) => alertRaised && (document.weakChecks as readonly string[]).includes(kind);
  const stillThere = (kind: Kind, at: number) => {
    const changed = kind === 'emailed-code' ? history.contact.email : history.contact.phone;
    return changed === null || changed < at;
  };
  const counting = new Set(
    history.passed
      .filter(({ caseId, session }) => caseId === reset.caseId && session === reset.session)
      .filter(({ kind, at }) => !weak(kind) && stillThere(kind, at))
      .map(({ kind }) => kind),
  );
  const points = [...counting].reduce((sum, kind) => sum + document.points[kind], 0);
  if (points < document.bars[history.tier]) found.push('the bar was not met');
  const factors = new Set([...counting].map((kind) => factor[kind]));
  if (factors.size < document.factors[history.tier]) found.push('too few kinds of factor');

  const grant = history.grants.get(reset.grantId);
  if (!grant) found.push('no grant');
  else {
    if (grant.spent) found.push('grant spent before');
    if (grant.caseId !== reset.caseId || grant.session !== reset.session) found.push("another's grant");
    if (grant.action !== reset.action) found.push('grant for another action');
    if (grant.policyVersion !== policy.version) found.push('grant of another policy');
    if (now - grant.at >= 10 * minute) found.push('grant too old');
  }
  if (history.ended.has(reset.caseId)) found.push('case had ended');
  if (now - (history.touched.get(reset.caseId) ?? 0) >= 60 * minute) found.push('case had expired');
  if (history.disabled) found.push('account disabled');
  if (history.frozen) found.push('account frozen');
  if (grant && history.freezes.some((at) => at >= grant.at)) found.push('grant from before a freeze');
  if (history.resets.includes(reset.caseId)) found.push('reset twice');
  if (reset.action === 'reset-link' && (history.contact.email ?? 0) > now - 7 * day)
    found.push('link to a fresh address');
  const failures = failuresFor(history, reset.caseId);
  if (failures.filter((at) => at > now - day).length >= 3 && !reset.approver)
    found.push('operator went on after three failures');

  const needed = fourEyes(history, reset.caseId, world);
  const changed = Math.max(
    history.contact.email ?? 0,
    history.contact.phone ?? 0,
    history.flaggedAt ?? 0,
    ...failures,
  );
  const yes = history.yeses.find(
    (given) =>
      !given.used &&
      given.caseId === reset.caseId &&
      given.session === reset.session &&
      given.action === reset.action &&
      given.policyVersion === policy.version &&
      now - given.at < 10 * minute &&
      given.at >= changed &&
      needed.every((reason) => given.asked.includes(reason)),
  );
  if (needed.length > 0 && !yes) found.push(`no second pair of eyes for ${needed.join(', ')}`);
  return found;
}
