import { listCases } from '../../../shared/api/case-calls.ts';
import type { Vault } from '../handover/handover.ts';
import type { Session } from '../session/session.ts';

interface Collaborators {
  readonly session: Pick<Session, 'view' | 'call'>;
  readonly vault: Pick<Vault, 'isEmpty'>;
}

/**
 * Whether a restart would interrupt the operator: one of their cases is open, with whatever check, grant or text it has, or a temporary password
 * was not handed over. Throws if the server cannot be asked, or if the console is locked.
 */
export async function hasOpenWork({ session, vault }: Collaborators): Promise<boolean> {
  if (!vault.isEmpty()) return true;
  if (session.view()?.operator.rights.includes('cases.work') !== true) return false;
  const { cases } = await session.call(listCases, { query: { whose: 'own', show: 'open', limit: 1 } });
  return cases.length > 0;
}
