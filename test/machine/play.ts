import type { OperatorSession } from '../../backend/authorization/operator-session.ts';
import { Refusal } from '../../backend/refusal.ts';
import type { Machine } from './machine.ts';
import type { History } from './oracle.ts';
import type { Step } from './ways.ts';
import { changeContact, clearFlag, freeze, importTier, lift, toggleAlert } from './account-steps.ts';
import {
  answerCode,
  askApproval,
  callBack,
  closeCase,
  decideApproval,
  mintGrant,
  openCase,
  refuseCase,
  spendGrant,
  startCode,
} from './case-steps.ts';
import { callBy, type createCounts, minute, type Run } from './run.ts';

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
