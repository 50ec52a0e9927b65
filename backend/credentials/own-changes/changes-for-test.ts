import { defaultPolicy } from '../../../shared/api/policy.ts';
import { createLive } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import { createApplyChange } from './apply-change.ts';
import { createOwnChanges } from './own-changes.ts';

/** Notifications that do nothing. */
export const silentNotifications = new Proxy(
  {},
  { get: () => () => Promise.resolve() },
) as unknown as Notifications;

/** Changes by users under the default policy, without notifications. */
export function changesForTest({ store, sealed, now }: { store: Store; sealed: Sealed; now: () => number }) {
  return createOwnChanges({
    store,
    policy: { current: () => Promise.resolve({ version: 1, document: defaultPolicy }) },
    sealed,
    applyChange: createApplyChange({ notifications: silentNotifications, sealed }),
    notifications: silentNotifications,
    live: createLive(),
    now,
  });
}
