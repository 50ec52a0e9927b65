import { assertOpen } from '../decision/case-context.ts';
import { extendCase } from '../extend-case.ts';
import { nullIfEmpty, type Cases, type CasesCollaborators, type ReadOpenCase } from './cases-port.ts';
import { createEndCases } from './end-cases.ts';
import { createOpenCase } from './open-case.ts';
import { createOpenLinkedCase } from './open-linked-case.ts';
import { createUnmaskContact } from './unmask-contact.ts';

/** Cases from opening to end. Other services verify and reset within them. */
export function createCases(collaborators: CasesCollaborators): Cases {
  const { store, contexts, now } = collaborators;
  const readOpenCase: ReadOpenCase = async (tx, caseId, session) => {
    const context = await contexts.read(caseId, session, tx);
    assertOpen(context);
    return context;
  };
  const change: Cases['change'] = async (caseId, { ticket, reason }, session, origin) => {
    await store.change(origin, async (tx, record) => {
      const { opened } = await readOpenCase(tx, caseId, session);
      const next = {
        ticket: ticket === undefined ? opened.ticket : nullIfEmpty(ticket),
        reason: reason === undefined ? opened.reason : reason,
      };
      await tx.updateTable('cases').set(next).where('id', '=', caseId).execute();
      await extendCase(tx, caseId, now());
      await record({ action: 'case.changed', accountId: opened.account_id, caseId, facts: next });
    });
  };
  const open = createOpenCase(collaborators, change);
  return {
    open,
    openLinked: createOpenLinkedCase(collaborators, open),
    change,
    ...createEndCases(collaborators, readOpenCase),
    unmaskContact: createUnmaskContact(collaborators),
  };
}
