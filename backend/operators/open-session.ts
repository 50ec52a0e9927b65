import { randomUUID } from 'node:crypto';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { RecordEvent, Transaction } from '../store/store.ts';
import type { OperatorSessionsTable, OperatorsTable } from '../store/tables.ts';
import type { Lockout } from './lockout.ts';
import { newTokenPair, tokenColumns, type SessionRows } from './refresh-tokens.ts';
import type { TokenPair } from './tokens.ts';

/** A session that was just opened, with its tokens. */
export interface OpenedSession extends SessionRows {
  readonly pair: TokenPair;
}

/** Opens sessions in the transaction in which the operator has proved their identity. */
export const createOpenSession =
  ({
    policy,
    keyed,
    lockout,
    now,
  }: {
    policy: PolicyInForce;
    keyed: KeyedHash;
    lockout: Lockout;
    now: () => number;
  }) =>
  async (
    tx: Transaction,
    record: RecordEvent,
    operator: OperatorsTable,
    factor: string,
    from: Omit<Origin, 'actor'>,
    providerSid: string | null = null,
  ): Promise<OpenedSession> => {
    const { operatorSession } = (await policy.current(tx)).document;
    const at = now();
    const pair = newTokenPair(at);
    const row: OperatorSessionsTable = {
      id: randomUUID(),
      operator_id: operator.id,
      ...tokenColumns(keyed, pair),
      previous_refresh_hash: null,
      refreshed_at: null,
      created_at: at,
      last_activity_at: at,
      authenticated_at: at,
      locked_at: null,
      expires_at: at + operatorSession.overall * 1000,
      ended_at: null,
      client: from.client,
      client_address: from.clientAddress,
      failed_proofs: 0,
      provider_sid: providerSid,
    };
    const { numUpdatedRows } = await tx
      .updateTable('operators')
      .set({ last_sign_in_at: at })
      .where('id', '=', operator.id)
      .where('state', '=', 'active')
      .executeTakeFirst();
    // The operator was disabled or removed while the proof was being checked.
    if (numUpdatedRows !== 1n) throw new Refusal('session.credentials-wrong');
    await tx
      .deleteFrom('operator_refresh_tokens')
      .where('session_id', 'in', (of) =>
        of.selectFrom('operator_sessions').select('id').where('expires_at', '<=', at),
      )
      .execute();
    await lockout.passed(tx, operator, from);
    await tx.insertInto('operator_sessions').values(row).execute();
    await record({ action: 'operator.signed-in', facts: { factor, session: row.id } });
    return { operator, row, pair };
  };
