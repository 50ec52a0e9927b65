import { randomUUID } from 'node:crypto';
import type { SessionTokens, SessionView } from '../../shared/api/session.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { AuditAction } from '../../shared/api/timeline.ts';
import type { Origin } from '../store/append-event.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import { randomToken, type KeyedHash } from '../store/keyed-hash.ts';
import type { Transaction, RecordEvent, Store } from '../store/store.ts';
import type { OperatorSessionsTable, OperatorsTable } from '../store/tables.ts';
import { unlocked } from './lockout.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { isLocked } from './session-lock.ts';
import { secondFactorNeed } from './second-factor/second-factor-need.ts';
import { accessTokenLife, sessionOf, tokensOf, viewOf, type TokenPair } from './tokens.ts';

type From = Omit<Origin, 'actor'>;

export interface Sessions {
  /**
   * Opens a session for an operator who has just proved who they are, in the transaction of that proof. `factor` says how,
   * for the audit log.
   */
  openIn(
    tx: Transaction,
    record: RecordEvent,
    operator: OperatorsTable,
    factor: string,
    from: From,
  ): Promise<Opened>;
  /** The tokens of a session whose transaction has been committed. */
  tokens(opened: Opened): Promise<SessionTokens>;
  /** The same in a transaction of its own. */
  open(operator: OperatorsTable, from: From, factor?: string): Promise<SessionTokens>;
  /** The live session of an access token; its use counts as activity. */
  find(accessToken: string): Promise<OperatorSession>;
  /** The session as it stands now, or null when it has ended, expired or locked; looking is no activity. */
  current(sessionId: string): Promise<OperatorSession | null>;
  view(session: OperatorSession): Promise<SessionView>;
  refresh(refreshToken: string, from: From): Promise<SessionTokens>;
  /** `prove` gets the session's operator and throws unless whoever asks has proved to be them. `factor` says how, where that is not recorded yet. */
  reauthenticate(
    refreshToken: string,
    prove: (operator: OperatorsTable) => Promise<unknown>,
    from: From,
    factor?: string,
  ): Promise<SessionTokens>;
  end(session: OperatorSession, origin: Origin): Promise<void>;
}

export interface Opened {
  readonly operator: OperatorsTable;
  readonly row: OperatorSessionsTable;
  readonly pair: TokenPair;
}

/** Milliseconds between two notes of a session's use: often enough for the idle lock, seldom enough for the disk. */
const activityGrain = 15_000;

export function createSessions({
  store,
  policy,
  keyed,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  keyed: KeyedHash;
  now: () => number;
}): Sessions {
  const hash = (token: string) => keyed.hash('session', token);
  const settings = async () => (await policy.current()).document;
  const origin = (operator: OperatorsTable, from: From): Origin => ({
    ...from,
    actor: { kind: 'operator', id: operator.id, name: operator.display_name },
  });
  const operatorOf = (row: OperatorSessionsTable) =>
    store.db.selectFrom('operators').selectAll().where('id', '=', row.operator_id).executeTakeFirstOrThrow();
  const newPair = (): TokenPair => ({
    access: randomToken(),
    refresh: randomToken(),
    accessExpiresAt: now() + accessTokenLife,
  });
  const hashed = (pair: TokenPair) => ({
    access_hash: hash(pair.access.expose()),
    access_expires_at: pair.accessExpiresAt,
    refresh_hash: hash(pair.refresh.expose()),
  });
  const putOffUntil = async (
    operator: Pick<OperatorsTable, 'id' | 'totp_secret' | 'created_at'>,
    document: PolicyDocument,
  ) => {
    const need = await secondFactorNeed(store.db, operator, document, now());
    return need.kind === 'later' ? need.by : null;
  };
  const answer = async (operator: OperatorsTable, row: OperatorSessionsTable, pair: TokenPair) => {
    const document = await settings();
    const by = await putOffUntil(operator, document);
    return tokensOf(viewOf(sessionOf(operator, row), operator, document, by, now()), pair);
  };

  const byRefresh = async (refreshToken: string, from: From) => {
    const given = hash(refreshToken);
    const row = await store.db
      .selectFrom('operator_sessions')
      .selectAll()
      .where((where) =>
        where.or([where('refresh_hash', '=', given), where('previous_refresh_hash', '=', given)]),
      )
      .executeTakeFirst();
    if (!row || row.ended_at !== null || row.expires_at <= now()) throw new Refusal('session.expired');
    const operator = await operatorOf(row);
    if (operator.state !== 'active') throw new Refusal('session.expired');
    if (row.refresh_hash !== given) {
      // A token that was exchanged before comes from a copy, ours or a thief's: nobody goes on with this session.
      await store.change(origin(operator, from), async (tx, record) => {
        await tx.updateTable('operator_sessions').set({ ended_at: now() }).where('id', '=', row.id).execute();
        await record({
          action: 'operator.session-expired',
          outcome: 'refused',
          facts: { why: 'refresh-token-reused' },
        });
      });
      throw new Refusal('session.expired');
    }
    return { row, operator };
  };

  /** Exchanges the pair, if no other call has exchanged it meanwhile. */
  const rotate = (
    row: OperatorSessionsTable,
    operator: OperatorsTable,
    proved: boolean,
    action: AuditAction,
    from: From,
    factor?: string,
  ) =>
    store.change(origin(operator, from), async (tx: Transaction, record) => {
      const pair = newPair();
      const changed = await tx
        .updateTable('operator_sessions')
        .set({
          ...hashed(pair),
          previous_refresh_hash: row.refresh_hash,
          last_activity_at: proved ? now() : row.last_activity_at,
          authenticated_at: proved ? now() : row.authenticated_at,
          // A renewal that was under way when the console was locked leaves it locked.
          ...(proved && { locked_at: null }),
        })
        .where('id', '=', row.id)
        .where('refresh_hash', '=', row.refresh_hash)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      if (!changed) throw new Refusal('session.expired');
      await record({ action, facts: { session: row.id, ...(factor !== undefined && { factor }) } });
      return { pair, changed };
    });

  const openIn = async (
    tx: Transaction,
    record: RecordEvent,
    operator: OperatorsTable,
    factor: string,
    from: From,
  ): Promise<Opened> => {
    const { operatorSession } = (await policy.current(tx)).document;
    const pair = newPair();
    const row: OperatorSessionsTable = {
      id: randomUUID(),
      operator_id: operator.id,
      ...hashed(pair),
      previous_refresh_hash: null,
      created_at: now(),
      last_activity_at: now(),
      authenticated_at: now(),
      locked_at: null,
      expires_at: now() + operatorSession.overall * 1000,
      ended_at: null,
      client: from.client,
      client_address: from.clientAddress,
    };
    const { numUpdatedRows } = await tx
      .updateTable('operators')
      .set({ ...unlocked, last_sign_in_at: now() })
      .where('id', '=', operator.id)
      .where('state', '=', 'active')
      .executeTakeFirst();
    // Disabled or removed while the proof was being checked.
    if (numUpdatedRows !== 1n) throw new Refusal('session.credentials-wrong');
    await tx.insertInto('operator_sessions').values(row).execute();
    await record({ action: 'operator.signed-in', facts: { factor, session: row.id } });
    return { operator, row, pair };
  };
  const tokens = ({ operator, row, pair }: Opened) => answer(operator, row, pair);

  return {
    openIn,
    tokens,
    open: async (operator, from, factor = 'password') =>
      tokens(
        await store.change(origin(operator, from), (tx, record) =>
          openIn(tx, record, operator, factor, from),
        ),
      ),

    find: async (accessToken) => {
      const row = await store.db
        .selectFrom('operator_sessions')
        .selectAll()
        .where('access_hash', '=', hash(accessToken))
        .executeTakeFirst();
      if (!row || row.ended_at !== null) throw new Refusal('session.missing');
      if (row.expires_at <= now() || row.access_expires_at <= now()) throw new Refusal('session.expired');
      if (isLocked(row, await settings(), now())) throw new Refusal('session.idle-locked');
      if (row.last_activity_at + activityGrain <= now()) {
        await store.writeUnaudited((tx) =>
          tx
            .updateTable('operator_sessions')
            .set({ last_activity_at: now() })
            .where('id', '=', row.id)
            .execute(),
        );
      }
      const operator = await operatorOf(row);
      if (operator.state !== 'active') throw new Refusal('session.missing');
      return sessionOf(operator, row);
    },

    current: async (sessionId) => {
      const row = await store.db
        .selectFrom('operator_sessions')
        .selectAll()
        .where('id', '=', sessionId)
        .executeTakeFirst();
      if (!row || row.ended_at !== null || row.expires_at <= now()) return null;
      if (isLocked(row, await settings(), now())) return null;
      const operator = await operatorOf(row);
      return operator.state === 'active' ? sessionOf(operator, row) : null;
    },

    view: async (session) => {
      const document = await settings();
      const operator = await store.db
        .selectFrom('operators')
        .selectAll()
        .where('id', '=', session.operator.id)
        .executeTakeFirstOrThrow();
      return viewOf(session, operator, document, await putOffUntil(operator, document), now());
    },

    refresh: async (refreshToken, from) => {
      const { row, operator } = await byRefresh(refreshToken, from);
      if (isLocked(row, await settings(), now())) throw new Refusal('session.idle-locked');
      const { pair, changed } = await rotate(row, operator, false, 'operator.session-refreshed', from);
      return answer(operator, changed, pair);
    },

    reauthenticate: async (refreshToken, prove, from, factor) => {
      const { row, operator } = await byRefresh(refreshToken, from);
      await prove(operator);
      const { pair, changed } = await rotate(row, operator, true, 'operator.reauthenticated', from, factor);
      return answer(operator, changed, pair);
    },

    end: (session, by) =>
      store.change(by, async (tx, record) => {
        await tx
          .updateTable('operator_sessions')
          .set({ ended_at: now() })
          .where('id', '=', session.id)
          .execute();
        await record({ action: 'operator.signed-out', facts: { session: session.id } });
      }),
  };
}
