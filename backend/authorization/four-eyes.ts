import { isOwnAccount } from './account-access.ts';
import type { OperatorSession } from './operator-session.ts';

/** Why an operator cannot answer as the second pair of eyes. */
type FourEyesObstacle = 'own-action' | 'own-account';

/**
 * Why an operator cannot approve or deny an action: they took or asked for it themselves (`firstOperatorId`), or it concerns their own account.
 * Null when they can.
 */
export function fourEyesObstacle(
  operator: OperatorSession['operator'],
  firstOperatorId: string | null,
  account: Parameters<typeof isOwnAccount>[1],
): FourEyesObstacle | null {
  if (operator.id === firstOperatorId) return 'own-action';
  return isOwnAccount(operator, account) ? 'own-account' : null;
}
