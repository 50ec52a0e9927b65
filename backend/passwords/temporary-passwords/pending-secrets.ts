import type { ExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import type { Secret } from '../../../shared/secret/secret.ts';

/**
 * By reset: the temporary passwords that may still be answered to a repeated call. In memory alone, so that a crash forgets them.
 */
export type PendingSecrets = ExpiringMap<Secret>;
