import type { OperatorRow } from '../../shared/api/operators.ts';
import type { MailState } from '../../shared/api/mail.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';
import { operatorsOfOtherIssuers } from './provider/unlink.ts';
import { readLocks } from './lockout.ts';
import type { LinkPurpose } from './operator-mails.ts';
import { rolesOf, scopeOf } from './tokens.ts';

export interface OperatorRows {
  list(selfId: string): Promise<OperatorRow[]>;
  get(operatorId: string, selfId: string): Promise<OperatorRow>;
  /** The departments of accounts, for choosing a scope. */
  departments(): Promise<string[]>;
  /** The external directories, for the same. */
  directories(): Promise<{ id: string; name: string }[]>;
  /** How many operators are linked to another issuer than this one. */
  countLinkedElsewhere(issuer: string): Promise<number>;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const order = ['active', 'invited', 'disabled', 'removed'];

/** Operators as an administrator sees them. */
export function createOperatorRows({ store, now }: { store: Store; now: () => number }): OperatorRows {
  const rows = async (operatorId: string | null, selfId: string): Promise<OperatorRow[]> => {
    let query = store.db
      .selectFrom('operators')
      .leftJoin('accounts', 'accounts.id', 'operators.linked_account_id')
      .selectAll('operators')
      .select(['accounts.user_name as account_user_name', 'accounts.display_name as account_display_name']);
    if (operatorId !== null) query = query.where('operators.id', '=', operatorId);
    const found = await query.execute();
    const links = await store.db
      .selectFrom('operator_links')
      .leftJoin('mails', 'mails.id', 'operator_links.mail_id')
      .selectAll('operator_links')
      .select('mails.state as delivery')
      .where('used_at', 'is', null)
      .where('voided_at', 'is', null)
      .execute();
    const sessions = await store.db
      .selectFrom('operator_sessions')
      .select(({ fn }) => ['operator_id', fn.countAll<number | string>().as('live')])
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now())
      .groupBy('operator_id')
      .execute();
    const locks = await readLocks(store.db, now());
    return found
      .map((row): OperatorRow => {
        const link = links.find(({ operator_id }) => operator_id === row.id);
        return {
          id: row.id,
          userName: row.user_name,
          displayName: row.display_name,
          email: row.email,
          roles: rolesOf(row),
          scope: scopeOf(row),
          state: row.state as OperatorRow['state'],
          self: row.id === selfId,
          secondFactorSince: iso(row.totp_since),
          provider: row.provider_subject !== null,
          directory: row.directory_key !== null,
          lastSignInAt: iso(row.last_sign_in_at),
          lockedUntil: iso(locks.get(row.user_name_key) ?? null),
          linkedAccount:
            row.linked_account_id === null
              ? null
              : {
                  id: row.linked_account_id,
                  userName: row.account_user_name ?? '',
                  displayName: row.account_display_name ?? '',
                },
          link: link
            ? {
                purpose: link.purpose as LinkPurpose,
                sentAt: new Date(link.created_at).toISOString(),
                expiresAt: new Date(link.expires_at).toISOString(),
                over: link.expires_at <= now(),
                delivery: (link.delivery ?? 'sending') as MailState,
              }
            : null,
          sessions: Number(sessions.find(({ operator_id }) => operator_id === row.id)?.live ?? 0),
        };
      })
      .toSorted(
        (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.userName < b.userName ? -1 : 1),
      );
  };
  return {
    list: (selfId) => rows(null, selfId),
    async get(operatorId, selfId) {
      const [row] = await rows(operatorId, selfId);
      if (!row) throw new Refusal('operator.not-found');
      return row;
    },
    departments: async () =>
      (
        await store.db
          .selectFrom('accounts')
          .select('department')
          .distinct()
          .where('department', 'is not', null)
          .limit(500)
          .execute()
      )
        .flatMap(({ department }) => (department === null || department.trim() === '' ? [] : [department]))
        .toSorted(),
    directories: () =>
      store.db
        .selectFrom('directories')
        .select(['id', 'name'])
        .where('removed_at', 'is', null)
        .orderBy('name')
        .execute(),
    async countLinkedElsewhere(issuer) {
      const { linked } = await operatorsOfOtherIssuers(store.db, issuer)
        .select(({ fn }) => fn.countAll<number | string>().as('linked'))
        .executeTakeFirstOrThrow();
      return Number(linked);
    },
  };
}
