import { defaultPolicy } from '../../../shared/api/policy.ts';
import { createLive } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import type { ResetsTable } from '../../store/tables.ts';
import { unusedReset } from '../../store/tables/unused-reset.ts';
import { createApplyChange } from './apply-change.ts';
import { createOwnChanges } from './own-changes.ts';

/** Notifications that do nothing. */
export const silentNotifications = new Proxy(
  {},
  { get: () => () => Promise.resolve() },
) as unknown as Notifications;

/** Changes by users under the default policy, without notifications. */
export function changesForTest({ store, sealed, now }: { store: Store; sealed: Sealed; now: () => number }) {
  const policy = { current: () => Promise.resolve({ version: 1, document: defaultPolicy }) };
  return createOwnChanges({
    store,
    policy,
    sealed,
    applyChange: createApplyChange({ policy, notifications: silentNotifications, sealed }),
    notifications: silentNotifications,
    live: createLive(),
    now,
  });
}

/** A reset that is done, of the account `account` in the case `case`. */
export const resetForTest = (values: Partial<ResetsTable>): ResetsTable => ({
  id: 'reset',
  case_id: 'case',
  account_id: 'account',
  operator_id: 'olga',
  grant_id: 'grant',
  action: 'temporary-password',
  tier: 'standard',
  idempotency_key: 'key',
  state: 'done',
  intended_at: 0,
  settled_at: 0,
  failure: null,
  valid_until: 0,
  ...unusedReset,
  ...values,
});
