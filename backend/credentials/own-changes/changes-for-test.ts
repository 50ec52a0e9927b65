import { defaultPolicy } from '../../../shared/api/policy.ts';
import { createLive } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import { createApplyChange } from './apply-change.ts';
import { createOwnChanges } from './own-changes.ts';

/** Tells nobody. */
export const silentNotifications = new Proxy(
  {},
  { get: () => () => Promise.resolve() },
) as unknown as Notifications;

/** Changes of users under the default policy, of which nobody is told. */
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
