import { assertCanAccess } from '../../authorization/account-access.ts';
import { readDirectoryNames } from '../../directories/directory-names.ts';
import { Refusal } from '../../refusal.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { assertOpen } from '../decision/case-context.ts';
import { extendCase } from '../extend-case.ts';
import type { Cases, CasesCollaborators } from './cases-port.ts';

/** Opens cases about other accounts of the person who calls, and records on both accounts which evidence they refer to. */
export function createOpenLinkedCase(
  { store, contexts, directory, now }: Pick<CasesCollaborators, 'store' | 'contexts' | 'directory' | 'now'>,
  open: Cases['open'],
): Cases['openLinked'] {
  return (caseId, accountId, session, origin) =>
    withRefusalAudit(store, origin, { action: 'case.opened', accountId }, async () => {
      const context = await contexts.read(caseId, session);
      assertOpen(context);
      const { opened, found } = context;
      const link = await store.db
        .selectFrom('account_links')
        .select('id')
        .where('unlinked_at', 'is', null)
        .where('account_id', 'in', [found.account.id, accountId])
        .where('other_id', 'in', [found.account.id, accountId])
        .executeTakeFirst();
      const target = await directory.get(accountId);
      if (!target) throw new Refusal('account.not-found');
      if (link === undefined) throw new Refusal('account.not-linked');
      assertCanAccess(session.operator, target.account);
      const { ticket } = opened;
      const id = await open({ accountId, ...(ticket !== null && { ticket }) }, session, origin);
      const names = await readDirectoryNames(store.db);
      const of = (account: typeof found.account) => ({
        with: account.user_name,
        directory: names.get(account.directory_id ?? '') ?? account.directory,
      });
      await store.change(origin, async (tx, record) => {
        await tx.updateTable('cases').set({ evidence_from: caseId }).where('id', '=', id).execute();
        await extendCase(tx, caseId, now());
        await record({
          action: 'case.evidence-taken-over',
          accountId,
          caseId: id,
          facts: { link: link.id, fromCase: opened.number, ...of(found.account) },
        });
        await record({
          action: 'case.continued-elsewhere',
          accountId: found.account.id,
          caseId,
          facts: { link: link.id, toCase: id, ...of(target.account) },
        });
      });
      return id;
    });
}
