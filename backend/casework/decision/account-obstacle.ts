import { hasLocalPassword, isDisabled, isExpired, isFrozen, isNotStarted } from '../../accounts/statuses.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { coolingUntil } from './contact.ts';

/** The facts for decisions about an account alone, whatever its case. `coolDown` in seconds, `at` in milliseconds. */
export interface AccountContext {
  readonly account: Pick<
    AccountRow,
    'disabled' | 'frozen_at' | 'expires_at' | 'starts_at' | 'local_password' | 'email' | 'email_changed_at'
  >;
  readonly coolDown: number;
  readonly at: number;
}

/** The part of the context that needs no policy. */
interface AccountStatusContext {
  readonly account: Pick<
    AccountRow,
    'disabled' | 'frozen_at' | 'expires_at' | 'starts_at' | 'local_password'
  >;
  readonly at: number;
}

const statusRules = {
  'no-local-password': ({ account }) => !hasLocalPassword(account),
  frozen: ({ account }) => isFrozen(account),
  disabled: ({ account }) => isDisabled(account),
  expired: ({ account, at }) => isExpired(account, at),
  'not-started': ({ account, at }) => isNotStarted(account, at),
} as const satisfies Readonly<Record<string, (context: AccountStatusContext) => boolean>>;

const rules = {
  ...statusRules,
  'no-email': ({ account }) => account.email === null,
  'contact-changed': ({ account, coolDown, at }) =>
    coolingUntil(account.email_changed_at, coolDown, at) !== null,
} as const satisfies Readonly<Record<string, (context: AccountContext) => boolean>>;

export type AccountObstacle = keyof typeof rules;

/** Whether the account has this obstacle now. */
export const hasAccountObstacle = (context: AccountContext, obstacle: AccountObstacle): boolean =>
  rules[obstacle](context);

/** The first of the given obstacles that an account has, in the order in which the caller lists them; null for none. */
export const firstAccountObstacle = <O extends AccountObstacle>(
  context: AccountContext,
  obstacles: readonly O[],
): O | null => obstacles.find((obstacle) => hasAccountObstacle(context, obstacle)) ?? null;

/** The same for the statuses of an account, which hold at sign-in and in a session as well. */
export const firstStatusObstacle = <O extends keyof typeof statusRules>(
  context: AccountStatusContext,
  obstacles: readonly O[],
): O | null => obstacles.find((obstacle) => statusRules[obstacle](context)) ?? null;
