import type { z } from 'zod';
import type { getSelf } from '../../shared/api/own-account.ts';
import type { Secret } from '../../shared/secret/secret.ts';
import type { Origin } from '../store/append-event.ts';
import type { Live } from '../live/live.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';
import type { Lockout } from './lockout.ts';
import type { JudgeOperatorPassword } from './judge-operator-password.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { Operators } from './operators.ts';
import { secondFactorNeed } from './second-factor/second-factor-need.ts';
import type { SecondFactor } from './second-factor/second-factor.ts';
import { endSessions, publishEnded } from './session-list.ts';
import type { SignInTickets } from './sign-in-tickets.ts';

/** What operators can change about themselves: password, authenticator, recovery codes. */
export interface OwnAccount {
  view(session: OperatorSession): Promise<z.output<typeof getSelf.answer>>;
  changePassword(current: string, password: string, session: OperatorSession, origin: Origin): Promise<void>;
  offer(session: OperatorSession): Promise<{ secret: Secret; uri: Secret; ticket: Secret }>;
  confirm(ticket: string, code: string, session: OperatorSession, origin: Origin): Promise<Secret[]>;
  renewRecoveryCodes(session: OperatorSession, origin: Origin): Promise<Secret[]>;
}

export function createOwnAccount({
  store,
  policy,
  operators,
  judge,
  hashing,
  secondFactor,
  lockout,
  tickets,
  live,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  operators: Operators;
  judge: JudgeOperatorPassword;
  hashing: PasswordHashing;
  secondFactor: SecondFactor;
  lockout: Lockout;
  tickets: SignInTickets;
  live: Live;
  now: () => number;
}): OwnAccount {
  const read = ({ operator }: OperatorSession) =>
    store.db.selectFrom('operators').selectAll().where('id', '=', operator.id).executeTakeFirstOrThrow();
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

  return {
    async view(session) {
      const operator = await read(session);
      const { document } = await policy.current();
      const need = await secondFactorNeed(store.db, operator, document, now());
      const codes = await store.db
        .selectFrom('operator_recovery_codes')
        .select('id')
        .where('operator_id', '=', operator.id)
        .where('used_at', 'is', null)
        .execute();
      return {
        userName: operator.user_name,
        displayName: operator.display_name,
        email: operator.email,
        hasPassword: operator.password_hash !== '',
        provider: operator.provider_subject !== null,
        directory: operator.directory_key !== null,
        secondFactorSince: iso(operator.totp_since),
        recoveryCodesLeft: codes.length,
        secondFactor: document.operatorSession.secondFactor,
        secondFactorBy: need.kind === 'later' ? iso(need.by) : null,
      };
    },

    async changePassword(current, password, session, origin) {
      if ((await read(session)).directory_key !== null) throw new Refusal('operator.signs-in-with-directory');
      const operator = await operators.authenticate(
        session.operator.userName,
        current,
        { sessionId: session.id },
        origin,
      );
      if (password === current) await judge.refuse(['used-before']);
      const owner = {
        userName: operator.user_name,
        displayName: operator.display_name,
        email: operator.email,
      };
      const faults = await judge.faults(password, owner, origin);
      if (faults.length > 0) await judge.refuse(faults);
      const hash = await hashing.hash(password);
      const ended = await store.change(origin, async (tx, record) => {
        await tx
          .updateTable('operators')
          .set({ password_hash: hash })
          .where('id', '=', operator.id)
          .execute();
        await record({ action: 'operator.password-changed' });
        return endSessions(tx, record, operator.id, now(), { keepId: session.id });
      });
      publishEnded(live, ended);
    },

    async offer(session) {
      const operator = await read(session);
      const { secret, uri, sealed } = secondFactor.offer(operator);
      const { ticket } = await store.writeUnaudited((tx) =>
        tickets.issue(tx, { operator, step: 'own-enrolment', factor: 'session', sealed }),
      );
      return { secret, uri, ticket };
    },

    async confirm(ticket, code, session, origin) {
      const { document } = await policy.current();
      const done = await store.change(origin, async (tx, record) => {
        const row = await tickets.find(tx, ticket, 'own-enrolment');
        if (row.operator_id !== session.operator.id || row.sealed === null)
          throw new Refusal('session.ticket-gone');
        const codes = await secondFactor.enrol(tx, record, session.operator.id, row.sealed, code);
        if (codes === null) {
          const guard = lockout.inSession(session.id, session.operator.id);
          const refusal = await guard.count(tx, record, 'code', document);
          await record({
            action: 'operator.reauthentication-failed',
            outcome: 'refused',
            facts: { why: 'code-wrong' },
          });
          return { refusal };
        }
        await tickets.settle(tx, row);
        return { codes };
      });
      if ('codes' in done) return done.codes;
      throw done.refusal ?? new Refusal('session.code-wrong');
    },

    renewRecoveryCodes: ({ operator }, origin) => secondFactor.renewRecoveryCodes(operator.id, origin),
  };
}
