import type { DeliveryMode } from '../../../shared/api/delivery.ts';

/** The parts of a temporary password that the operator and the mail get; put together they are the whole. A split one is cut after a hyphen, near the middle. */
export function partsOf(value: string, mode: DeliveryMode): { spoken: string | null; sent: string | null } {
  if (mode === 'spoken') return { spoken: value, sent: null };
  if (mode === 'sealed') return { spoken: null, sent: value };
  const pieces = value.split('-');
  const half = Math.ceil(pieces.length / 2);
  return { spoken: `${pieces.slice(0, half).join('-')}-`, sent: pieces.slice(half).join('-') };
}
