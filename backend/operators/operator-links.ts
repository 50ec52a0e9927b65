import { randomUUID } from 'node:crypto';
import type { Origin } from '../store/append-event.ts';
import type { Live } from '../live/live.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import { Refusal } from '../refusal.ts';
import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import { mailedTo } from '../messaging/notifications/addresses-on-file.ts';
import { identityKey } from '../text/fold.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Transaction, Store } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import type { JudgeOperatorPassword } from './judge-operator-password.ts';
import { recordDeadLink } from '../store/dead-links.ts';
import type { EventWindows } from '../store/event-windows.ts';
import { unlockName } from './lockout.ts';
import type { LinkPurpose, OperatorMails } from './operator-mails.ts';
import { endSessions, publishEnded } from './session-list.ts';

type From = Omit<Origin, 'actor'>;

export interface FoundLink {
  readonly operator: OperatorsTable;
  readonly purpose: LinkPurpose;
}

export interface OperatorLinks {
  /** Creates a link that voids the previous ones; `mail` sends it after the commit. */
  issue(
    tx: Transaction,
    operator: OperatorsTable,
    purpose: LinkPurpose,
  ): Promise<{ mail: () => Promise<void> }>;
  /** Voids the unused links; returns whether there were any. */
  void(tx: Transaction, operatorId: string): Promise<boolean>;
  /** The operator of a link; null if it is not valid. Does not use the link. `fetchedBy` is recorded as the unknown client that fetched the address; null records nothing. */
  inspect(token: string, fetchedBy: From | null): Promise<FoundLink | null>;
  /** Sets the password and uses the link. */
  use(
    token: string,
    chosen: { readonly password: string; readonly repeated: string },
    from: From,
  ): Promise<{ kind: 'done' } | { kind: 'dead' } | { kind: 'faults'; faults: readonly PasswordFault[] }>;
}

/** Milliseconds; an invitation may be sent before a weekend. */
const linkLife = 72 * 3600_000;

interface Collaborators {
  readonly store: Store;
  readonly judge: JudgeOperatorPassword;
  readonly hashing: PasswordHashing;
  readonly mails: OperatorMails;
  readonly keyed: KeyedHash;
  readonly live: Live;
  readonly eventWindows: Pick<EventWindows, 'record' | 'recordStranger'>;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** Mailed links with which an operator chooses a password: for the invitation, or after forgetting the old one. */
export function createOperatorLinks(collaborators: Collaborators): OperatorLinks {
  return { ...createIssueLinks(collaborators), ...createUseLinks(collaborators) };
}

/** Creates links and voids them. */
function createIssueLinks({
  mails,
  keyed,
  publicUrl,
  now,
}: Pick<Collaborators, 'mails' | 'keyed' | 'publicUrl' | 'now'>): Pick<OperatorLinks, 'issue' | 'void'> {
  const voidAll = async (tx: Transaction, operatorId: string) => {
    const { numUpdatedRows } = await tx
      .updateTable('operator_links')
      .set({ voided_at: now() })
      .where('operator_id', '=', operatorId)
      .where('used_at', 'is', null)
      .where('voided_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  };

  return {
    async issue(tx, operator, purpose) {
      const { email } = operator;
      if (email === null) throw new Refusal('operator.no-email');
      await voidAll(tx, operator.id);
      const [token, mailId] = [randomToken(), randomUUID()];
      const expires = now() + linkLife;
      await tx
        .insertInto('operator_links')
        .values({
          id: randomUUID(),
          operator_id: operator.id,
          purpose,
          token_hash: keyed.hash('operator-link', token.expose()),
          mail_id: mailId,
          created_at: now(),
          expires_at: expires,
          used_at: null,
          voided_at: null,
          fetched_at: null,
        })
        .execute();
      const address = token.map((it) => `${publicUrl()}/invitation/${it}`);
      return {
        mail: () => mails.sendLink(operator, email, { purpose, address, expires }, mailId),
      };
    },

    void: voidAll,
  };
}

/** Accepts links: shows whose they are, and sets the password. */
function createUseLinks({
  store,
  judge,
  hashing,
  keyed,
  live,
  eventWindows,
  now,
}: Omit<Collaborators, 'mails' | 'publicUrl'>): Pick<OperatorLinks, 'inspect' | 'use'> {
  const find = async (db: Transaction | Store['db'], token: string) => {
    const link = await db
      .selectFrom('operator_links')
      .selectAll()
      .where('token_hash', '=', keyed.hash('operator-link', token))
      .executeTakeFirst();
    const operator =
      link &&
      (await db.selectFrom('operators').selectAll().where('id', '=', link.operator_id).executeTakeFirst());
    if (!link || !operator) return null;
    const purpose = link.purpose as LinkPurpose;
    const good =
      link.used_at === null &&
      link.voided_at === null &&
      link.expires_at > now() &&
      operator.state === (purpose === 'invitation' ? 'invited' : 'active') &&
      operator.email !== null &&
      identityKey(operator.email) === (await mailedTo(db, link.mail_id));
    return { link, operator, purpose, good };
  };
  const as = ({ id, display_name: name }: OperatorsTable, from: From): Origin => ({
    ...from,
    actor: { kind: 'operator', id, name },
  });
  const refuse = async (found: Awaited<ReturnType<typeof find>>, from: From) => {
    // Requests with unknown links are not recorded. A link that is no longer valid may have been copied, so it is recorded.
    if (!found) return;
    const facts = { operator: found.operator.id, purpose: found.purpose };
    await recordDeadLink(eventWindows, {
      event: { action: 'operator.link-refused', outcome: 'refused', facts },
      link: found.link.id,
      from,
    });
  };

  return {
    async inspect(token, fetchedBy) {
      const found = await find(store.db, token);
      if (!found?.good) {
        if (fetchedBy !== null) await refuse(found, fetchedBy);
        return null;
      }
      const { operator, purpose, link } = found;
      if (link.fetched_at === null && fetchedBy !== null) {
        // Only the sender of the form is known to be the operator.
        await store.change({ ...fetchedBy, actor: { kind: 'system' } }, async (tx, record) => {
          await tx
            .updateTable('operator_links')
            .set({ fetched_at: now() })
            .where('id', '=', link.id)
            .execute();
          await record({ action: 'operator.link-fetched', facts: { operator: operator.id, purpose } });
        });
      }
      return { operator: found.operator, purpose: found.purpose };
    },

    async use(token, { password, repeated }, from) {
      const found = await find(store.db, token);
      if (!found?.good) {
        await refuse(found, from);
        return { kind: 'dead' };
      }
      const { operator } = found;
      const owner = {
        userName: operator.user_name,
        displayName: operator.display_name,
        email: operator.email,
      };
      const broken = await judge.faults(password, owner, as(operator, from));
      const faults: PasswordFault[] = password === repeated ? [...broken] : [...broken, 'not-repeated'];
      if (faults.length > 0) return { kind: 'faults', faults };
      const hash = await hashing.hash(password);
      const change = store.change(as(operator, from), async (tx, record) => {
        const again = await find(tx, token);
        // Of two concurrent uses, one succeeds.
        if (!again?.good) throw new DeadLink();
        const { purpose } = again;
        await tx
          .updateTable('operator_links')
          .set({ used_at: now() })
          .where('id', '=', again.link.id)
          .execute();
        await tx
          .updateTable('operators')
          .set({ password_hash: hash, state: 'active' })
          .where('id', '=', operator.id)
          .execute();
        await unlockName(tx, operator.user_name_key);
        await record({ action: purpose === 'invitation' ? 'operator.joined' : 'operator.password-set' });
        return endSessions(tx, record, operator.id, now());
      });
      const ended = await change.catch((thrown: unknown) => {
        if (thrown instanceof DeadLink) return null;
        throw thrown;
      });
      if (ended === null) {
        await refuse(found, from);
        return { kind: 'dead' };
      }
      publishEnded(live, ended);
      return { kind: 'done' };
    },
  };
}

class DeadLink extends Error {}
