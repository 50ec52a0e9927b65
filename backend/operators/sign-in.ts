import type { NextStep, SessionTokens } from '../../shared/api/session.ts';
import type { Secret } from '../../shared/secret/secret.ts';
import type { Origin } from '../store/append-event.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import type { Lockout } from './lockout.ts';
import { secondFactorNeed } from './second-factor/second-factor-need.ts';
import type { SecondFactor } from './second-factor/second-factor.ts';
import type { Sessions } from './sessions.ts';
import type { SignInTickets } from './sign-in-tickets.ts';

type From = Omit<Origin, 'actor'>;

export interface SignIn {
  /** After the first factor: opens a session, or returns the next step. `factor` names the first factor. */
  begin(
    operator: OperatorsTable,
    factor: 'password' | 'directory' | 'provider',
    from: From,
    providerSid?: string | null,
  ): Promise<SessionTokens | NextStep>;
  /** The second step with a code; opens the session. */
  answer(ticket: string, code: string, from: From): Promise<SessionTokens>;
  offer(ticket: string): Promise<{ secret: Secret; uri: Secret }>;
  /** The first code of an offered secret; opens the session. */
  confirm(ticket: string, code: string, from: From): Promise<SessionTokens & { recoveryCodes: Secret[] }>;
}

/** An operator's sign-in in two steps; the second may be setting up an authenticator. */
export function createSignIn({
  store,
  policy,
  tickets,
  sessions,
  secondFactor,
  lockout,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  tickets: SignInTickets;
  sessions: Sessions;
  secondFactor: SecondFactor;
  lockout: Lockout;
  now: () => number;
}): SignIn {
  const as = ({ id, display_name: name }: OperatorsTable, from: From): Origin => ({
    ...from,
    actor: { kind: 'operator', id, name },
  });
  const open = async (ticket: string, step: 'code' | 'enrol') => {
    const row = await tickets.find(store.db, ticket, step);
    const operator =
      row.operator_id !== null &&
      (await store.db
        .selectFrom('operators')
        .selectAll()
        .where('id', '=', row.operator_id)
        .where('state', '=', 'active')
        .executeTakeFirst());
    if (!operator) throw new Refusal('session.ticket-gone');
    return { row, operator };
  };

  return {
    async begin(operator, factor, from, providerSid = null) {
      const { document } = await policy.current();
      const need = await secondFactorNeed(store.db, operator, document, now());
      if (need.kind === 'none' || need.kind === 'later')
        return sessions.open(operator, from, factor, providerSid);
      const step = need.kind === 'have' ? 'code' : 'enrol';
      // Unaudited: the second step is recorded.
      const { ticket, expiresAt } = await store.writeUnaudited((tx) =>
        tickets.issue(tx, { operator, step, factor, sealed: null, providerSid }),
      );
      return { step, ticket: ticket.expose(), expiresAt: new Date(expiresAt).toISOString() };
    },

    async answer(ticket, code, from) {
      const { row, operator } = await open(ticket, 'code');
      const opened = await secondFactor.prove(
        operator.id,
        code,
        { signInFrom: from },
        as(operator, from),
        async (tx, record, factor, fresh) => {
          await tickets.settle(tx, await tickets.find(tx, ticket, 'code'));
          return sessions.openIn(tx, record, fresh, `${row.factor}+${factor}`, from, row.provider_sid);
        },
      );
      return sessions.tokens(opened);
    },

    async offer(ticket) {
      const { row, operator } = await open(ticket, 'enrol');
      const { secret, uri, sealed } = secondFactor.offer(operator);
      await store.writeUnaudited((tx) =>
        tx.updateTable('operator_sign_ins').set({ sealed }).where('id', '=', row.id).execute(),
      );
      return { secret, uri };
    },

    async confirm(ticket, code, from) {
      const { row, operator } = await open(ticket, 'enrol');
      const { sealed } = row;
      if (sealed === null) throw new Refusal('session.ticket-gone');
      const guard = lockout.signIn(operator.user_name_key, operator.id, from);
      await guard.assertAllowed(store.db);
      const { document } = await policy.current();
      const done = await store.change(as(operator, from), async (tx, record) => {
        // Refused if an authenticator was set up with another ticket in the meantime: a password alone does not replace it.
        await tickets.find(tx, ticket, 'enrol');
        const codes = await secondFactor.enrol(tx, record, operator.id, sealed, code);
        if (codes === null) {
          const refusal = await guard.count(tx, record, 'code', document);
          await record({
            action: 'operator.sign-in-failed',
            outcome: 'refused',
            facts: { known: true, why: 'code-wrong' },
          });
          return { done: false, refusal } as const;
        }
        await tickets.settle(tx, row);
        const fresh = { ...operator, totp_secret: sealed };
        const opened = await sessions.openIn(
          tx,
          record,
          fresh,
          `${row.factor}+enrolment`,
          from,
          row.provider_sid,
        );
        return { done: true, codes, opened } as const;
      });
      if (!done.done) {
        throw done.refusal ?? new Refusal('session.code-wrong');
      }
      return { ...(await sessions.tokens(done.opened)), recoveryCodes: done.codes };
    },
  };
}
