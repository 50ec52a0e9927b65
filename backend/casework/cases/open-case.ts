import { randomUUID } from 'node:crypto';
import { isOwnAccount, readPerson } from '../../authorization/persons.ts';
import { Refusal } from '../../refusal.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { expiryCutoff } from '../decision/case-lifecycle.ts';
import { readRequirement } from '../decision/read-requirement.ts';
import { extendCase } from '../extend-case.ts';
import { nullIfEmpty, type Cases, type CasesCollaborators } from './cases-port.ts';

/** Opens cases. An operator has at most one open case about an account: opening it again returns that one. */
export function createOpenCase(
  {
    store,
    directory,
    policy,
    refreshAccount,
    now,
  }: Pick<CasesCollaborators, 'store' | 'directory' | 'policy' | 'refreshAccount' | 'now'>,
  change: Cases['change'],
): Cases['open'] {
  const insert: Cases['open'] = async ({ accountId, ticket, reason }, session, origin) => {
    const id = randomUUID();
    await store.change(origin, async (tx, record) => {
      // A caller whose account has a required reset most likely calls because of it. The operator can change the reason.
      const isRequired = reason == null && (await readRequirement(tx, accountId)) !== null;
      const facts = {
        ticket: nullIfEmpty(ticket),
        reason: isRequired ? 'told-to-reset' : (reason ?? null),
      };
      await tx
        .insertInto('cases')
        .values({
          id,
          account_id: accountId,
          operator_id: session.operator.id,
          session_id: session.id,
          ...facts,
          state: 'open',
          opened_at: now(),
          last_activity_at: now(),
          ended_at: null,
          refusal_reason: null,
          refusal_note: null,
        })
        .execute();
      await record({ action: 'case.opened', accountId, caseId: id, facts });
    });
    return id;
  };

  return async (opening, session, origin) => {
    const { accountId, ticket, reason } = opening;
    // The directory may have locked, renamed or deleted the account since its last read; the case shows its current state.
    await refreshAccount(accountId);
    const found = await directory.get(accountId);
    if (!found) throw new Refusal('account.not-found');
    await withRefusalAudit(store, origin, { action: 'case.opened', accountId }, async () => {
      if (isOwnAccount(await readPerson(store.db, session.operator.id), found.account))
        throw new Refusal('account.own');
    });
    const { document } = await policy.current();
    const existing = await store.db
      .selectFrom('cases')
      .select('id')
      .where('account_id', '=', accountId)
      .where('operator_id', '=', session.operator.id)
      .where('state', '=', 'open')
      .where('last_activity_at', '>', expiryCutoff(document, now()))
      .orderBy('opened_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!existing) return insert(opening, session, origin);
    if (ticket === undefined && reason === undefined) {
      await store.writeUnaudited((tx) => extendCase(tx, existing.id, now()));
    } else {
      const changing = { ...(ticket !== undefined && { ticket }), ...(reason !== undefined && { reason }) };
      await change(existing.id, changing, session, origin);
    }
    return existing.id;
  };
}
