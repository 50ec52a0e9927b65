import type { ExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import type { Secret } from '../../../shared/secret/secret.ts';

/** The temporary passwords that a repeated call may still get, by reset. Kept only in memory, so that a crash forgets them. */
export type PendingSecrets = ExpiringMap<Secret>;
