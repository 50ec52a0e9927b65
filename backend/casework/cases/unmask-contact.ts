import { Refusal } from '../../refusal.ts';
import { caseEnd } from '../decision/case-lifecycle.ts';
import type { Cases, CasesCollaborators } from './cases-port.ts';

/** Shows an account's contact data in clear to the operator who has an open case about it, and records that. */
export const createUnmaskContact =
  ({
    store,
    directory,
    policy,
    now,
  }: Pick<CasesCollaborators, 'store' | 'directory' | 'policy' | 'now'>): Cases['unmaskContact'] =>
  async (accountId, caseId, session, origin) => {
    const { document } = await policy.current();
    return store.change(origin, async (tx, record) => {
      const found = await directory.get(accountId, tx);
      if (!found) throw new Refusal('account.not-found');
      const opened = await tx
        .selectFrom('cases')
        .selectAll()
        .where('id', '=', caseId)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      if (!opened) throw new Refusal('case.not-found');
      if (opened.operator_id !== session.operator.id) throw new Refusal('case.not-yours');
      const end = caseEnd(opened, document, now());
      if (end !== null) throw new Refusal(end);
      await record({ action: 'account.contact-unmasked', accountId, caseId });
      return { email: found.account.email, phone: found.account.phone };
    });
  };
