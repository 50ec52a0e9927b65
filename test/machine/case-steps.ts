import type { ResetAction } from '../../shared/api/case.ts';
import { breaches, fourEyes } from './oracle.ts';
import { type Call, ownerOf, personOf, type Run, sessionOf, touch, worksOnIt, worldOf } from './run.ts';

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

export async function openCase(run: Run, { by, session, origin }: Call) {
  const opened = await run.machine.cases.open({ accountId: run.accountId }, session, origin);
  run.caseOf.set(ownerOf(by), opened);
  touch(run, opened);
}

export async function startCode(run: Run, { caseId, session, origin }: Call) {
  await run.machine.checks.start(caseId, 'emailed-code', session, origin);
  touch(run, caseId);
}

export async function answerCode(run: Run, call: Call, isRight: boolean) {
  const { caseId, session, origin } = call;
  const right = run.machine.codes.get(caseId) ?? '000000';
  const code = isRight ? right : right === '000000' ? '111111' : '000000';
  const check = await latestCheck(run, caseId, 'emailed-code');
  const answer = { kind: 'emailed-code', code } as const;
  const outcome = await run.machine.checks.answer(caseId, check, answer, session, origin);
  settleCheck(run, call, 'emailed-code', outcome);
}

export async function callBack(run: Run, call: Call, outcome: 'confirmed' | 'denied' | 'not-reached') {
  const { caseId, session, origin } = call;
  const { checks } = run.machine;
  await checks.start(caseId, 'call-back', session, origin);
  touch(run, caseId);
  const check = await latestCheck(run, caseId, 'call-back');
  const answer = { kind: 'call-back', outcome, note: 'played' } as const;
  const settled = await checks.answer(caseId, check, answer, session, origin);
  settleCheck(run, call, 'call-back', outcome === 'not-reached' ? 'expired' : settled);
}

export async function mintGrant(run: Run, { caseId, session, origin }: Call, action: ResetAction) {
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

export async function askApproval(run: Run, { by, caseId, session, origin }: Call, action: ResetAction) {
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

export async function decideApproval(
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

export async function spendGrant(run: Run, call: Call, action: ResetAction, grantsBack: number) {
  const { caseId, session, origin } = call;
  const { history, seen } = run;
  const ids = [...history.grants.keys()];
  const grantId = ids[ids.length - 1 - (grantsBack % Math.max(1, ids.length))] ?? 'none';
  const approver = session.operator.roles.includes('approver');
  const needed = fourEyes(history, caseId, worldOf(run));
  const key = `${caseId} ${grantId} ${action}`;
  await run.machine.resets.reset({ caseId, grantId, action, key }, session, origin);
  const grant = history.grants.get(grantId);
  // The same key again gets the same answer without another reset.
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

export async function refuseCase(run: Run, { caseId, session, origin }: Call, isSuspicious: boolean) {
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

export async function closeCase(run: Run, { caseId, session, origin }: Call) {
  await run.machine.cases.close(caseId, session, origin);
  run.history.ended.add(caseId);
}
