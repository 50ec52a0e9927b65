import type { ResetAction } from '../../shared/api/case.ts';
import type { OperatorSession } from '../../backend/authorization/operator-session.ts';
import { Refusal } from '../../backend/refusal.ts';
import { originOf, type Machine } from './machine.ts';
import { breaches, fourEyes, type History, type World } from './oracle.ts';
import type { Step } from './ways.ts';

const minute = 60_000;

/** How far the runs came. */
export const createCounts = () => ({ resets: 0, withFourEyes: 0, refused: 0 });

/** Plays one way on a fresh account, and holds every reset against what has really happened. Answers what was wrong. */
export async function play(
  machine: Machine,
  sessions: readonly OperatorSession[],
  seen: ReturnType<typeof createCounts>,
  tier: History['tier'],
  steps: readonly Step[],
): Promise<readonly string[]> {
  const { clock, inForce, cases, checks, grants, approvals, resets, alerts } = machine;
  const accountId = await machine.insertAccount(tier);
  const history: History = {
    tier,
    passed: [],
    failures: [],
    contact: { email: null, phone: null },
    yeses: [],
    grants: new Map(),
    ended: new Set(),
    resets: [],
    touched: new Map(),
    flaggedAt: null,
    disabled: false,
  };
  const caseOf = new Map<number, string>();
  const asked = new Map<
    string,
    { who: number; caseId: string; action: ResetAction; needed: string[]; version: number }
  >();
  let alertRaised = false;
  const broken: string[] = [];
  const world = (): World => ({ now: clock.at, alertRaised, policy: inForce });
  const fresh = (who: number): OperatorSession => ({
    ...(sessions[who] as OperatorSession),
    authenticatedAt: clock.at,
  });
  const inCase = (who: number) => caseOf.get(who === 1 ? 0 : who) ?? 'none';
  const pending = async (caseId: string, kind: string) =>
    (
      await machine.store.db
        .selectFrom('checks')
        .select(['id', 'session_id'])
        .where('case_id', '=', caseId)
        .where('kind', '=', kind)
        .orderBy('started_at', 'desc')
        .executeTakeFirst()
    )?.id ?? 'none';

  const perform = async (one: Step): Promise<void> => {
    if (one.do === 'wait') {
      clock.at += one.minutes * minute;
      return;
    }
    const session = fresh(one.by);
    const origin = originOf(session);
    const caseId = inCase(one.by);
    const settle = (outcome: string, kind: 'emailed-code' | 'call-back') => {
      history.touched.set(caseId, clock.at);
      if (outcome === 'passed') history.passed.push({ kind, at: clock.at, caseId, session: session.id });
      else if (outcome === 'failed' || outcome === 'locked') history.failures.push(clock.at);
    };
    switch (one.do) {
      case 'open': {
        const opened = await cases.open({ accountId }, session, origin);
        caseOf.set(one.by === 1 ? 0 : one.by, opened);
        history.touched.set(opened, clock.at);
        return;
      }
      case 'code':
        await checks.start(caseId, 'emailed-code', session, origin);
        history.touched.set(caseId, clock.at);
        return;
      case 'answer': {
        const right = machine.codes.get(caseId) ?? '000000';
        const code = one.right ? right : right === '000000' ? '111111' : '000000';
        const check = await pending(caseId, 'emailed-code');
        settle(
          await checks.answer(caseId, check, { kind: 'emailed-code', code }, session, origin),
          'emailed-code',
        );
        return;
      }
      case 'call': {
        await checks.start(caseId, 'call-back', session, origin);
        history.touched.set(caseId, clock.at);
        const check = await pending(caseId, 'call-back');
        const { outcome } = one;
        const settled = await checks.answer(
          caseId,
          check,
          { kind: 'call-back', outcome, note: 'played' },
          session,
          origin,
        );
        settle(outcome === 'not-reached' ? 'expired' : settled, 'call-back');
        return;
      }
      case 'mint': {
        const grant = await grants.mint(caseId, one.action, session, origin);
        history.touched.set(caseId, clock.at);
        history.grants.set(grant.id, {
          at: clock.at,
          caseId,
          session: session.id,
          action: one.action,
          policyVersion: inForce.version,
          spent: false,
        });
        return;
      }
      case 'ask': {
        await approvals.ask(caseId, { action: one.action }, session, origin);
        history.touched.set(caseId, clock.at);
        const row = await machine.store.db
          .selectFrom('approvals')
          .select('id')
          .where('case_id', '=', caseId)
          .where('state', '=', 'pending')
          .executeTakeFirstOrThrow();
        asked.set(row.id, {
          who: one.by,
          caseId,
          action: one.action,
          needed: fourEyes(history, world()),
          version: inForce.version,
        });
        return;
      }
      case 'decide': {
        const [approvalId, request] = [...asked].at(-1) ?? [];
        if (approvalId === undefined || request === undefined) return;
        const answer = { decision: one.yes ? 'approve' : 'deny', reason: 'played' } as const;
        const decider = one.proved ? session : { ...session, authenticatedAt: 0 };
        await approvals.decide(approvalId, answer, decider, origin);
        const own = session.operator.id === fresh(request.who).operator.id;
        broken.push(
          ...(one.proved ? [] : ['a yes without a proof']),
          ...(own ? ['a yes by whoever asked'] : []),
        );
        if (!one.yes) return;
        history.yeses.push({
          at: clock.at,
          caseId: request.caseId,
          session: fresh(request.who).id,
          action: request.action,
          policyVersion: request.version,
          asked: request.needed,
          used: false,
        });
        return;
      }
      case 'spend': {
        const ids = [...history.grants.keys()];
        const grantId = ids[ids.length - 1 - (one.grant % Math.max(1, ids.length))] ?? 'none';
        const reset = {
          caseId,
          session: session.id,
          grantId,
          action: one.action,
          approver: session.operator.roles.includes('approver'),
        };
        const needed = fourEyes(history, world());
        await resets.reset(
          { caseId, grantId, action: one.action, key: `${caseId} ${grantId} ${one.action}` },
          session,
          origin,
        );
        if (history.grants.get(grantId)?.spent === true && history.resets.includes(caseId)) return; // the same key, the same answer
        broken.push(...breaches(history, reset, world()));
        const grant = history.grants.get(grantId);
        if (grant) grant.spent = true;
        const yes = history.yeses.find((given) => given.caseId === caseId && !given.used);
        if (yes) yes.used = true;
        history.resets.push(caseId);
        history.touched.set(caseId, clock.at);
        seen.resets += 1;
        if (needed.length > 0) seen.withFourEyes += 1;
        return;
      }
      case 'refuse':
      case 'suspicious': {
        const suspicious = one.do === 'suspicious';
        const failedHere = await machine.store.db
          .selectFrom('evidence')
          .select('id')
          .where('case_id', '=', caseId)
          .where('outcome', '=', 'failed')
          .executeTakeFirst();
        const reason = suspicious ? 'suspicious' : 'could-not-verify';
        await cases.refuse(caseId, { reason }, session, origin);
        history.ended.add(caseId);
        if (suspicious) history.flaggedAt = clock.at;
        if (!failedHere) history.failures.push(clock.at);
        return;
      }
      case 'close':
        await cases.close(caseId, session, origin);
        history.ended.add(caseId);
        return;
      case 'email':
        clock.at += 1;
        history.contact.email = clock.at;
        await machine.changeAccount(accountId, {
          email: `${clock.at}@example.com`,
          email_key: `${clock.at}@example.com`,
          email_changed_at: clock.at,
        });
        clock.at += 1;
        return;
      case 'phone':
        clock.at += 1;
        history.contact.phone = clock.at;
        await machine.changeAccount(accountId, {
          phone: `+49 ${clock.at}`,
          phone_digits: `49${clock.at}`,
          phone_changed_at: clock.at,
        });
        clock.at += 1;
        return;
      case 'alert':
        if (alertRaised) await alerts.end(fresh(3), originOf(fresh(3)));
        else await alerts.raise({ scope: 'all', reason: 'played' }, fresh(3), originOf(fresh(3)));
        alertRaised = !alertRaised;
        return;
      case 'policy':
        inForce.version += 1;
        return;
      case 'disable':
        history.disabled = !history.disabled;
        await machine.changeAccount(accountId, { disabled: history.disabled ? 1 : 0 });
        return;
    }
  };
  try {
    for (const one of steps) {
      clock.at += 21_000;
      await perform(one).catch((thrown: unknown) => {
        if (!(thrown instanceof Refusal)) throw thrown;
        seen.refused += 1;
      });
    }
    return broken;
  } finally {
    if (alertRaised) await alerts.end(fresh(3), originOf(fresh(3)));
  }
}
