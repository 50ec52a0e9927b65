import { parseScope } from '../authorization/account-access.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { rightsFor } from '../authorization/rights.ts';
import { rolesOf } from '../operators/tokens.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Store } from '../store/store.ts';
import type { ChangeRow } from './change-rows.ts';
import type { ProtectedCall } from './description.ts';

const purposeOf = (changeId: string): string => `protected-change ${changeId}`;

/** Seals the call of a change until it is decided. `text` is the unsealed form, by which the same call is recognised. */
export function sealCall(
  sealed: Sealed,
  changeId: string,
  { params, body }: ProtectedCall,
): { readonly sealed: string; readonly text: string } {
  const text = JSON.stringify([params ?? null, body ?? null]);
  return { sealed: sealed.seal(purposeOf(changeId), text), text };
}

/** The call of a waiting change; null if it cannot be read. */
export function openCall(sealed: Sealed, row: ChangeRow): ProtectedCall | null {
  try {
    const [params, body] = JSON.parse(sealed.open(purposeOf(row.id), row.sealed ?? '')) as [unknown, unknown];
    return { params: params ?? undefined, body: body ?? undefined };
  } catch {
    return null;
  }
}

/** The proposer with their current rights; null if they are no longer an operator. */
export async function readProposer(store: Store, row: ChangeRow): Promise<OperatorSession | null> {
  const operator = await store.db
    .selectFrom('operators')
    .selectAll()
    .where('id', '=', row.proposed_by)
    .where('state', '=', 'active')
    .executeTakeFirst();
  if (!operator) return null;
  const { id, user_name: userName, display_name: displayName } = operator;
  const [roles, scope] = [rolesOf(operator), parseScope(operator.scope)];
  return {
    id: row.session_id,
    operator: { id, userName, displayName, roles, scope },
    rights: rightsFor(roles, scope),
    authenticatedAt: row.proposed_at,
    expiresAt: row.expires_at,
  };
}
