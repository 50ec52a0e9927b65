import { originOf, type Machine } from './machine.ts';
import type { History } from './oracle.ts';
import { type Call, type Run, sessionOf, worksOnIt } from './run.ts';

/** Changes the address or the number, with the clock moved on so that no other event has the same time. */
export async function changeContact(
  { machine, accountId, history }: Run,
  kind: 'email' | 'phone',
  changeAt: (at: number) => Parameters<Machine['changeAccount']>[1],
) {
  machine.clock.at += 1;
  history.contact[kind] = machine.clock.at;
  await machine.changeAccount(accountId, changeAt(machine.clock.at));
  machine.clock.at += 1;
}

export async function toggleAlert(run: Run) {
  const { alerts } = run.machine;
  // Paul works on no case, because an approver cannot end an alert that covers a case of their own.
  const approver = sessionOf(run, 5);
  if (run.alertRaised) await alerts.end(approver, originOf(approver));
  else await alerts.raise({ scope: 'all', reason: 'played' }, approver, originOf(approver));
  run.alertRaised = !run.alertRaised;
}

/** The owner presses "This was not me" in a mail, with the clock moved on so that no other event has the same time. */
export async function freeze({ machine, accountId, history }: Run) {
  machine.clock.at += 1;
  await machine.freeze(accountId);
  if (!history.frozen) history.freezes.push(machine.clock.at);
  history.frozen = true;
  machine.clock.at += 1;
}

export async function lift(run: Run, { by, session, origin }: Call) {
  await run.machine.freezes.lift(run.accountId, 'played', session, origin);
  run.history.frozen = false;
  if (worksOnIt(run, by)) run.broken.push('a freeze lifted by a person who works on the account');
}

export async function clearFlag(run: Run, { by, session, origin }: Call) {
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
export async function importTier(run: Run, { origin }: Call, tier: History['tier']) {
  run.machine.clock.at += 1;
  await run.machine.importTier(run.accountId, tier, origin);
  const { history } = run;
  if (history.tier !== tier) history.formerTiers.push({ tier: history.tier, at: run.machine.clock.at });
  history.tier = tier;
  run.machine.clock.at += 1;
}
