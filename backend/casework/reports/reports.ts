import type { Origin } from '../../store/append-event.ts';
import { byReport, flagAccount } from '../flags/flags.ts';
import type { Live } from '../../live/live.ts';
import type { OperatorLinks } from '../../operators/operator-links.ts';
import { endSessions, publishEnded } from '../../operators/session-list.ts';
import { findManagerOf } from '../../directories/find-manager.ts';
import { mailedTo } from '../../messaging/notifications/addresses-on-file.ts';
import { identityKey } from '../../text/fold.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Store } from '../../store/store.ts';

/**
 * The subject of a report: an account whose manager got the mail, or an operator. `dead` if the link is unknown or too old, or went to an address
 * that no longer belongs to the manager or operator.
 */
export type Report =
  | {
      readonly kind: 'good' | 'reported';
      readonly about: 'account' | 'operator';
      readonly userName: string;
    }
  | { readonly kind: 'dead' };

export interface Reports {
  /** Reads the subject of a link. Changes nothing, because mail scanners open every link. */
  look(token: string): Promise<Report>;
  /**
   * Accepts the report. An account is flagged, so that its next reset needs an approval. An operator's sessions end, and their links to a new
   * password become void. Approvers or administrators are notified. A second press changes nothing.
   */
  report(token: string, origin: Omit<Origin, 'actor'>): Promise<Report>;
  /** Drops links that are too old. */
  sweep(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly links: Pick<OperatorLinks, 'void'>;
  readonly live: Live;
  readonly now: () => number;
}

/** Reports by managers and operators whom a mail told about something that they did not do. */
export function createReports({ store, keyed, links, live, now }: Collaborators): Reports {
  const find = async (token: string) => {
    const link = await store.db
      .selectFrom('report_links')
      .selectAll()
      .where('token_hash', '=', keyed.hash('report', token))
      .where('expires_at', '>', now())
      .executeTakeFirst();
    if (!link) return null;
    const kind = link.used_at === null ? ('good' as const) : ('reported' as const);
    const account = await store.db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', link.account_id ?? '')
      .executeTakeFirst();
    const reader = await mailedTo(store.db, link.mail_id);
    const isReader = (address: string | null | undefined): boolean =>
      link.to_former === 1 || (address != null && identityKey(address) === reader);
    if (account) {
      const manager = await findManagerOf(account, store.db, now());
      return isReader(manager?.email)
        ? { link, kind, account, operator: null, userName: account.user_name }
        : null;
    }
    const operator = await store.db
      .selectFrom('operators')
      .select(['id', 'user_name', 'display_name', 'email'])
      .where('id', '=', link.operator_id ?? '')
      .executeTakeFirst();
    return operator && isReader(operator.email)
      ? { link, kind, account: null, operator, userName: operator.user_name }
      : null;
  };
  const viewOf = (found: Awaited<ReturnType<typeof find>>): Report =>
    found
      ? {
          kind: found.kind,
          about: found.account === null ? 'operator' : 'account',
          userName: found.userName,
        }
      : { kind: 'dead' };

  return {
    look: async (token) => viewOf(await find(token)),

    async report(token, origin) {
      const found = await find(token);
      if (!found || found.kind === 'reported') return viewOf(found);
      const { link, account, operator } = found;
      const at = now();
      const ended = await store.change({ ...origin, actor: { kind: 'system' } }, async (tx, record) => {
        const { numUpdatedRows } = await tx
          .updateTable('report_links')
          .set({ used_at: at })
          .where('id', '=', link.id)
          .where('used_at', 'is', null)
          .executeTakeFirst();
        if (account) {
          if (numUpdatedRows === 1n)
            await flagAccount(tx, record, {
              accountId: account.id,
              caseId: null,
              operatorId: byReport,
              note: null,
              at,
            });
          await record({
            action: 'account.reported',
            accountId: account.id,
            facts: { mail: link.mail_id, by: 'manager' },
          });
          return [];
        }
        await record({
          action: 'operator.reported',
          facts: { operator: operator?.id ?? null, name: operator?.display_name ?? null, mail: link.mail_id },
        });
        await links.void(tx, operator?.id ?? '');
        return endSessions(tx, record, operator?.id ?? '', at);
      });
      publishEnded(live, ended);
      if (account) {
        const { id: accountId, display_name: displayName } = account;
        live.publish({ type: 'account-flagged', accountId, displayName }, account);
        live.publish({ type: 'account-changed', accountId });
      } else live.publish({ type: 'operator-reported', operator: operator?.display_name ?? '' });
      return viewOf({ ...found, kind: 'reported' });
    },

    sweep: () =>
      store.writeUnaudited(async (tx) => {
        await tx.deleteFrom('report_links').where('expires_at', '<=', now()).execute();
      }),
  };
}
