import type { ResetAction } from '../../shared/api/case.ts';
import type { OperatorSession } from '../../backend/authorization/operator-session.ts';
import { Refusal } from '../../backend/refusal.ts';
import { originOf, type Machine } from './machine.ts';
import { breaches, fourEyes, type History, type World } from './oracle.ts';
import type { Step } from './ways.ts';

const minute = 60_000;

/** How many runs reached each point. */
export const createCounts = () => ({ resets: 0, withFourEyes: 0, refused: 0 });

interface ApprovalRequest {
  readonly by: number;
  readonly caseId: string;
  readonly action: ResetAction;
  readonly needed: readonly string[];
  readonly policyVersion: number;
}

/** One run: an account, its history, and what the operators hold. */
interface Run {
  readonly machine: Machine;
  readonly sessions: readonly OperatorSession[];
  readonly seen: ReturnType<typeof createCounts>;
  readonly accountId: string;
  readonly history: History;
  /** The latest case of each operator. */
  readonly caseOf: Map<number, string>;
  readonly requests: Map<string, ApprovalRequest>;
  /** Rules that were broken. */
  readonly broken: string[];
  alertRaised: boolean;
}

/** An operator's call: their session, authenticated just now, and their case. */
interface Call {
  readonly by: number;
  readonly session: OperatorSession;
  readonly origin: ReturnType<typeof originOf>;
  readonly caseId: string;
}

const worldOf = ({ machine, alertRaised }: Run): World => ({
  now: machine.clock.at,
  alertRaised,
  policy: machine.inForce,
});
const sessionOf = ({ machine, sessions }: Run, by: number): OperatorSession => ({
  ...(sessions[by] as OperatorSession),
  authenticatedAt: machine.clock.at,
});
/** Operator 1 is operator 0 at another console, in the same case. */
const ownerOf = (by: number): number => (by === 1 ? 0 : by);
const callBy = (run: Run, by: number): Call => {
  const session = sessionOf(run, by);
  return { by, session, origin: originOf(session), caseId: run.caseOf.get(ownerOf(by)) ?? 'none' };
};
/** Operators 0, 1 and 4 are the same person. */
const personOf = (by: number): string => ['Olga', 'Olga', 'Otto', 'Petra', 'Olga'][by] ?? '';

/** Whether that person works on an open case about the account. */
const worksOnIt = ({ caseOf, history, machine }: Run, by: number): boolean =>
  [...caseOf].some(
    ([owner, caseId]) =>
      personOf(owner) === personOf(by) &&
      !history.ended.has(caseId) &&
      machine.clock.at - (history.touched.get(caseId) ?? 0) < 60 * minute,
  );

const touch = ({ machine, history }: Run, caseId: string) => history.touched.set(caseId, machine.clock.at);

const latestCheck = async ({ machine }: Run, caseId: string, kind: string): Promise<string> =>
  (
    await machine.store.db
      .selectFrom('checks')
      .select(['id', 'session_id'])
      .where('case_id', '=', caseId)
      .where('kind', '=', kind)
      .orderBy('started_at', 'desc')
      .executeTakeFirst()
  )?.id ?? 'none';

function settleCheck(
  run: Run,
  { caseId, session }: Call,
  kind: 'emailed-code' | 'call-back',
  outcome: string,
) {
  const { history } = run;
  const at = run.machine.clock.at;
  touch(run, caseId);
  if (outcome === 'passed') history.passed.push({ kind, at, caseId, session: session.id });
  else if (outcome === 'wrong') history.wrong.push({ kind, at, caseId });
  else if (outcome === 'failed' || outcome === 'locked') {
    history.failures.push(at);
    history.wrong = history.wrong.filter((row) => row.caseId !== caseId || row.kind !== kind);
  }
}

async function openCase(run: Run, { by, session, origin }: Call) {
  const opened = await run.machine.cases.open({ accountId: run.accountId }, session, origin);
  run.caseOf.set(ownerOf(by), opened);
  touch(run, opened);
}

async function startCode(run: Run, { caseId, session, origin }: Call) {
  await run.machine.checks.start(caseId, 'emailed-code', session, origin);
  touch(run, caseId);
}

async function answerCode(run: Run, call: Call, isRight: boolean) {
  const { caseId, session, origin } = call;
  const right = run.machine.codes.get(caseId) ?? '000000';
  const code = isRight ? right : right === '000000' ? '111111' : '000000';
  const check = await latestCheck(run, caseId, 'emailed-code');
  const answer = { kind: 'emailed-code', code } as const;
  const outcome = await run.machine.checks.answer(caseId, check, answer, session, origin);
  settleCheck(run, call, 'emailed-code', outcome);
}

async function callBack(run: Run, call: Call, outcome: 'confirmed' | 'denied' | 'not-reached') {
  const { caseId, session, origin } = call;
  const { checks } = run.machine;
  await checks.start(caseId, 'call-back', session, origin);
  touch(run, caseId);
  const check = await latestCheck(run, caseId, 'call-back');
  const answer = { kind: 'call-back', outcome, note: 'played' } as const;
  const settled = await checks.answer(caseId, check, answer, session, origin);
  settleCheck(run, call, 'call-back', outcome === 'not-reached' ? 'expired' : settled);
}

async function mintGrant(run: Run, { caseId, session, origin }: Call, action: ResetAction) {
  const { grants, clock, inForce } = run.machine;
  const grant = await grants.mint(caseId, action, session, origin);
  touch(run, caseId);
  run.history.grants.set(grant.id, {
    at: clock.at,
    caseId,
    session: session.id,
    action,
    policyVersion: inForce.version,
    spent: false,
  });
}

async function askApproval(run: Run, { by, caseId, session, origin }: Call, action: ResetAction) {
  const { approvals, store, inForce } = run.machine;
  await approvals.ask(caseId, { action }, session, origin);
  touch(run, caseId);
  const row = await store.db
    .selectFrom('approvals')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  const needed = fourEyes(run.history, caseId, worldOf(run));
  run.requests.set(row.id, { by, caseId, action, needed, policyVersion: inForce.version });
}

async function decideApproval(
  run: Run,
  { by, session, origin }: Call,
  { yes, proved }: { readonly yes: boolean; readonly proved: boolean },
) {
  const { approvals, clock } = run.machine;
  const [approvalId, request] = [...run.requests].at(-1) ?? [];
  if (approvalId === undefined || request === undefined) return;
  const answer = { decision: yes ? 'approve' : 'deny', reason: 'played' } as const;
  const decider = proved ? session : { ...session, authenticatedAt: 0 };
  await approvals.decide(approvalId, answer, decider, origin);
  const asker = sessionOf(run, request.by);
  if (!proved) run.broken.push('an approval without a recent proof');
  if (personOf(by) === personOf(request.by)) run.broken.push('an approval by the person who asked');
  if (worksOnIt(run, by)) run.broken.push('an approval by a person who works on the account');
  if (!yes) return;
  run.history.yeses.push({
    at: clock.at,
    caseId: request.caseId,
    session: asker.id,
    action: request.action,
    policyVersion: request.policyVersion,
    asked: request.needed,
    used: false,
  });
}

async function spendGrant(run: Run, call: Call, action: ResetAction, grantsBack: number) {
  const { caseId, session, origin } = call;
  const { history, seen } = run;
  const ids = [...history.grants.keys()];
  const grantId = ids[ids.length - 1 - (grantsBack % Math.max(1, ids.length))] ?? 'none';
  const approver = session.operator.roles.includes('approver');
  const needed = fourEyes(history, caseId, worldOf(run));
  const key = `${caseId} ${grantId} ${action}`;
  await run.machine.resets.reset({ caseId, grantId, action, key }, session, origin);
  const grant = history.grants.get(grantId);
  // The same key again gets the same answer, and resets nothing.
  if (grant?.spent === true && history.resets.includes(caseId)) return;
  run.broken.push(
    ...breaches(history, { caseId, session: session.id, grantId, action, approver }, worldOf(run)),
  );
  if (grant) grant.spent = true;
  const yes = history.yeses.find((given) => given.caseId === caseId && !given.used);
  if (yes) yes.used = true;
  history.resets.push(caseId);
  touch(run, caseId);
  seen.resets += 1;
  if (needed.length > 0) seen.withFourEyes += 1;
}

async function refuseCase(run: Run, { caseId, session, origin }: Call, isSuspicious: boolean) {
  const { cases, store, clock } = run.machine;
  const failedHere = await store.db
    .selectFrom('evidence')
    .select('id')
    .where('case_id', '=', caseId)
    .where('outcome', '=', 'failed')
    .executeTakeFirst();
  await cases.refuse(caseId, { reason: isSuspicious ? 'suspicious' : 'could-not-verify' }, session, origin);
  run.history.ended.add(caseId);
  if (isSuspicious) {
    run.history.flaggedAt = clock.at;
    run.history.openFlags += 1;
  }
  const { wrong, passed, failures } = run.history;
  const unfinishedHere = wrong.some(
    (row) => row.caseId === caseId && !passed.some((it) => it.caseId === caseId && it.kind === row.kind),
  );
  if (!failedHere && !unfinishedHere) failures.push(clock.at);
}

async function closeCase(run: Run, { caseId, session, origin }: Call) {
  await run.machine.cases.close(caseId, session, origin);
  run.history.ended.add(caseId);
}

/** Changes the address or the number, with the clock moved on so that no other event has the same time. */
async function changeContact(
  { machine, accountId, history }: Run,
  kind: 'email' | 'phone',
  changeAt: (at: number) => Parameters<Machine['changeAccount']>[1],
) {
  machine.clock.at += 1;
  history.contact[kind] = machine.clock.at;
  await machine.changeAccount(accountId, changeAt(machine.clock.at));
  machine.clock.at += 1;
}

async function toggleAlert(run: Run) {
  const { alerts } = run.machine;
  // Paul works on no case, because an approver cannot end an alert that covers a case of their own.
  const approver = sessionOf(run, 5);
  if (run.alertRaised) await alerts.end(approver, originOf(approver));
  else await alerts.raise({ scope: 'all', reason: 'played' }, approver, originOf(approver));
  run.alertRaised = !run.alertRaised;
}

/** The owner presses "This was not me" in a mail, with the clock moved on so that no other event has the same time. */
async function freeze({ machine, accountId, history }: Run) {
  machine.clock.at += 1;
  await machine.freeze(accountId);
  if (!history.frozen) history.freezes.push(machine.clock.at);
  history.frozen = true;
  machine.clock.at += 1;
}

async function lift(run: Run, { by, session, origin }: Call) {
  await run.machine.freezes.lift(run.accountId, 'played', session, origin);
  run.history.frozen = false;
  if (worksOnIt(run, by)) run.broken.push('a freeze lifted by a person who works on the account');
}

async function clearFlag(run: Run, { by, session, origin }: Call) {
  const { machine, accountId, history } = run;
  const flag = await machine.store.db
    .selectFrom('account_flags')
    .select('id')
    .where('account_id', '=', accountId)
    .where('cleared_at', 'is', null)
    .executeTakeFirst();
  await machine.flags.clear(flag?.id ?? 'none', 'played', session, origin);
  history.openFlags -= 1;
  if (history.openFlags === 0) history.flaggedAt = null;
  if (worksOnIt(run, by)) run.broken.push('a flag cleared by a person who works on the account');
}

/** An import with this tier and everything else unchanged. */
async function importTier(run: Run, { origin }: Call, tier: History['tier']) {
  run.machine.clock.at += 1;
  await run.machine.importTier(run.accountId, tier, origin);
  const { history } = run;
  if (history.tier !== tier) history.formerTiers.push({ tier: history.tier, at: run.machine.clock.at });
  history.tier = tier;
  run.machine.clock.at += 1;
}

async function perform(run: Run, step: Step): Promise<void> {
  const { machine, history, accountId } = run;
  if (step.do === 'wait') {
    machine.clock.at += step.minutes * minute;
    return;
  }
  const call = callBy(run, step.by);
  switch (step.do) {
    case 'open':
      return openCase(run, call);
    case 'code':
      return startCode(run, call);
    case 'answer':
      return answerCode(run, call, step.right);
    case 'call':
      return callBack(run, call, step.outcome);
    case 'mint':
      return mintGrant(run, call, step.action);
    case 'ask':
      return askApproval(run, call, step.action);
    case 'decide':
      return decideApproval(run, call, step);
    case 'spend':
      return spendGrant(run, call, step.action, step.grant);
    case 'refuse':
    case 'suspicious':
      return refuseCase(run, call, step.do === 'suspicious');
    case 'close':
      return closeCase(run, call);
    case 'email':
      return changeContact(run, 'email', (at) => ({
        email: `${at}@example.com`,
        email_key: `${at}@example.com`,
        email_changed_at: at,
      }));
    case 'phone':
      return changeContact(run, 'phone', (at) => ({
        phone: `+49 ${at}`,
        phone_digits: `49${at}`,
        phone_changed_at: at,
      }));
    case 'alert':
      return toggleAlert(run);
    case 'policy':
      machine.inForce.version += 1;
      return;
    case 'freeze':
      return freeze(run);
    case 'lift':
      return lift(run, call);
    case 'clear':
      return clearFlag(run, call);
    case 'import':
      return importTier(run, call, step.tier);
    case 'disable':
      history.disabled = !history.disabled;
      await machine.changeAccount(accountId, { disabled: history.disabled ? 1 : 0 });
      return;
  }
}

/** Plays one sequence of calls on a new account and checks every reset against the history. Returns the rules that were broken. */
export async function play(
  machine: Machine,
  sessions: readonly OperatorSession[],
  seen: ReturnType<typeof createCounts>,
  tier: History['tier'],
  steps: readonly Step[],
): Promise<readonly string[]> {
  const run: Run = {
    machine,
    sessions,
    seen,
    accountId: await machine.insertAccount(tier),
    history: {
      tier,
      formerTiers: [],
      passed: [],
      failures: [],
      wrong: [],
      contact: { email: null, phone: null },
      yeses: [],
      grants: new Map(),
      ended: new Set(),
      resets: [],
      touched: new Map(),
      flaggedAt: null,
      openFlags: 0,
      freezes: [],
      frozen: false,
      disabled: false,
    },
    caseOf: new Map(),
    requests: new Map(),
    broken: [],
    alertRaised: false,
  };
  try {
    for (const step of steps) {
      machine.clock.at += 21_000;
      await perform(run, step).catch((thrown: unknown) => {
        if (!(thrown instanceof Refusal)) throw thrown;
        seen.refused += 1;
      });
    }
    return run.broken;
  } finally {
    if (run.alertRaised) await toggleAlert(run);
  }
}
