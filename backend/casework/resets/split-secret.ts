import type { DeliveryMode } from '../../../shared/api/delivery.ts';
import { Secret } from '../../../shared/secret/secret.ts';

/**
 * The parts of a temporary password for the operator and for the mail, which together are the whole password. A split password is cut after a hyphen,
 * near the middle, or in the middle if it has none.
 */
export function partsOf(
  password: Secret,
  mode: DeliveryMode,
): { spoken: Secret | null; sent: Secret | null } {
  if (mode === 'spoken') return { spoken: password, sent: null };
  if (mode === 'sealed') return { spoken: null, sent: password };
  const whole = password.expose();
  const pieces = whole.split('-');
  if (pieces.length === 1) {
    const middle = Math.ceil(whole.length / 2);
    return { spoken: new Secret(whole.slice(0, middle)), sent: new Secret(whole.slice(middle)) };
  }
  const half = Math.ceil(pieces.length / 2);
  return {
    spoken: new Secret(`${pieces.slice(0, half).join('-')}-`),
    sent: new Secret(pieces.slice(half).join('-')),
  };
}
