import { randomUUID } from 'node:crypto';
import type { Secret } from '../../shared/secret/secret.ts';
import { Refusal } from '../refusal.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { OperatorSignInsTable, OperatorsTable } from '../store/tables/operators.ts';

/** The next step of the ticket's holder; `own-enrolment` is for an operator who is signed in. */
export type TicketStep = 'code' | 'enrol' | 'provider' | 'own-enrolment';

/** The credentials with which the sign-in was begun. A ticket is valid only while they are unchanged. */
type RestsOn = Pick<OperatorsTable, 'id' | 'password_hash' | 'totp_secret' | 'directory_key'>;

/** Tickets that carry a sign-in, or the set-up of an authenticator, from one step to the next. Each is valid once, for ten minutes. */
export interface SignInTickets {
  /** `id` is the row's, for data that is sealed under it; by default a new one. */
  issue(
    tx: Transaction,
    about: Pick<OperatorSignInsTable, 'factor' | 'sealed'> & {
      readonly providerSid?: string | null;
      /** Null until the identity provider has identified the operator. */
      readonly operator: RestsOn | null;
      readonly step: TicketStep;
      readonly id?: string;
    },
  ): Promise<{ ticket: Secret; expiresAt: number }>;
  /**
   * The ticket's row; throws `session.ticket-gone` if it is unknown, used, expired or for another step, or if the operator's password or second factor
   * has changed since.
   */
  find(db: Store['db'] | Transaction, ticket: string, step: TicketStep): Promise<OperatorSignInsTable>;
  /** Of two concurrent uses of a ticket, exactly one succeeds; the other throws `session.ticket-gone`. */
  settle(tx: Transaction, row: OperatorSignInsTable): Promise<void>;
}

/** Milliseconds; long enough to install an authenticator app, or to sign in with the provider in the browser. */
const ticketLife = 10 * 60_000;

export function createSignInTickets({ keyed, now }: { keyed: KeyedHash; now: () => number }): SignInTickets {
  const hash = (ticket: string) => keyed.hash('operator-ticket', ticket);
  const restsOn = ({ id, password_hash, totp_secret, directory_key }: RestsOn): string =>
    keyed.hash('operator-credentials', JSON.stringify([id, password_hash, totp_secret, directory_key]));
  return {
    async issue(tx, { id = randomUUID(), operator, providerSid = null, ...about }) {
      await tx.deleteFrom('operator_sign_ins').where('expires_at', '<=', now()).execute();
      const ticket = randomToken();
      const expiresAt = now() + ticketLife;
      await tx
        .insertInto('operator_sign_ins')
        .values({
          ...about,
          id,
          operator_id: operator?.id ?? null,
          rests_on: operator && restsOn(operator),
          provider_sid: providerSid,
          ticket_hash: hash(ticket.expose()),
          created_at: now(),
          expires_at: expiresAt,
          settled_at: null,
        })
        .execute();
      return { ticket, expiresAt };
    },

    async find(db, ticket, step) {
      const row = await db
        .selectFrom('operator_sign_ins')
        .selectAll()
        .where('ticket_hash', '=', hash(ticket))
        .where('step', '=', step)
        .where('settled_at', 'is', null)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      if (!row) throw new Refusal('session.ticket-gone');
      if (row.operator_id !== null) {
        const operator = await db
          .selectFrom('operators')
          .select(['id', 'password_hash', 'totp_secret', 'directory_key'])
          .where('id', '=', row.operator_id)
          .executeTakeFirst();
        if (!operator || row.rests_on !== restsOn(operator)) throw new Refusal('session.ticket-gone');
      }
      return row;
    },

    async settle(tx, { id }) {
      const { numUpdatedRows } = await tx
        .updateTable('operator_sign_ins')
        .set({ settled_at: now(), sealed: null })
        .where('id', '=', id)
        .where('settled_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new Refusal('session.ticket-gone');
    },
  };
}
