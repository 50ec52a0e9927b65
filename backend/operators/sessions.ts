import type { SessionTokens, SessionView } from '../../shared/api/session.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { Origin } from '../store/append-event.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Transaction, RecordEvent, Store } from '../store/store.ts';
import type { OperatorSessionsTable, OperatorsTable } from '../store/tables.ts';
import type { Lockout } from './lockout.ts';
import { isLocked } from './locked-sessions.ts';
import { createOpenSession, type OpenedSession } from './open-session.ts';
import { createRefreshTokens, operatorOrigin } from './refresh-tokens.ts';
import { secondFactorNeed } from './second-factor/second-factor-need.ts';
import { sessionOf, tokensOf, viewOf } from './tokens.ts';

type From = Omit<Origin, 'actor'>;

export interface Sessions {
  /**
   * Opens a session for an operator who has just authenticated, in the transaction of that proof. `factor` names the proof for the audit log;
   * `providerSid` is the session at the identity provider that it depends on.
   */
  openIn(
    tx: Transaction,
    record: RecordEvent,
    operator: OperatorsTable,
    factor: string,
    from: From,
    providerSid?: string | null,
  ): Promise<OpenedSession>;
  /** The tokens of a session whose transaction has been committed. */
  tokens(opened: OpenedSession): Promise<SessionTokens>;
  /** As {@link Sessions.openIn}, in a transaction of its own. `factor` defaults to `password`. */
  open(
    operator: OperatorsTable,
    from: From,
    factor?: string,
    providerSid?: string | null,
  ): Promise<SessionTokens>;
  /** The session of an access token, whose use counts as activity; throws `session.…` if it does not exist, has expired or is locked. */
  find(accessToken: string): Promise<OperatorSession>;
  /** The current state of a session; null if it has ended, expired or is locked. Does not count as activity. */
  current(sessionId: string): Promise<OperatorSession | null>;
  view(session: OperatorSession): Promise<SessionView>;
  /** Exchanges the tokens; throws `session.expired` or `session.idle-locked`. */
  refresh(refreshToken: string, from: From): Promise<SessionTokens>;
  /** As {@link Sessions.refresh}, after `prove` has checked the operator's identity; it throws if the proof fails. Unlocks the session. */
  reauthenticate(
    refreshToken: string,
    prove: (operator: OperatorsTable, sessionId: string) => Promise<unknown>,
    from: From,
    factor?: string,
  ): Promise<SessionTokens>;
  end(session: OperatorSession, origin: Origin): Promise<void>;
}

/** Milliseconds between two writes of a session's last activity: precise enough for the idle lock, rare enough for the disk. */
const activityGrain = 15_000;

export function createSessions(collaborators: {
  store: Store;
  policy: PolicyInForce;
  keyed: KeyedHash;
  lockout: Lockout;
  now: () => number;
}): Sessions {
  const { store, policy, keyed, now } = collaborators;
  const openIn = createOpenSession(collaborators);
  const refreshTokens = createRefreshTokens(collaborators);
  const settings = async () => (await policy.current()).document;
  const sessions = () => store.db.selectFrom('operator_sessions').selectAll('operator_sessions');
  const readOperator = (id: string) =>
    store.db.selectFrom('operators').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  /** The session with the hash of an access token and its operator, in one statement, since every call waits for it. */
  const readWith = (accessHash: string) =>
    sessions()
      .innerJoin('operators', 'operators.id', 'operator_sessions.operator_id')
      .select(['user_name', 'display_name', 'roles', 'scope', 'state'])
      .where('access_hash', '=', accessHash)
      .executeTakeFirst();
  /** When the operator must have set up a second factor, in milliseconds; null if they may not put it off or need not. */
  const putOffUntil = async (operator: OperatorsTable, document: PolicyDocument) => {
    const need = await secondFactorNeed(store.db, operator, document, now());
    return need.kind === 'later' ? need.by : null;
  };
  const tokens = async ({ operator, row, pair }: OpenedSession) => {
    const document = await settings();
    const by = await putOffUntil(operator, document);
    return tokensOf(viewOf(sessionOf(operator, row), operator, document, by, now()), pair);
  };
  const noteActivity = async (row: OperatorSessionsTable) => {
    if (row.last_activity_at + activityGrain > now()) return;
    await store.writeUnaudited((tx) =>
      tx.updateTable('operator_sessions').set({ last_activity_at: now() }).where('id', '=', row.id).execute(),
    );
  };
  /** Records that the console has its new tokens. From now on, the previous refresh token counts as reused, because its answer was not lost. */
  const noteReceived = async ({ id, access_hash, previous_refresh_hash }: OperatorSessionsTable) => {
    if (previous_refresh_hash === null) return;
    await store.writeUnaudited((tx) =>
      tx
        .updateTable('operator_sessions')
        .set({ previous_refresh_hash: null })
        .where('id', '=', id)
        .where('access_hash', '=', access_hash)
        .execute(),
    );
  };

  return {
    openIn,
    tokens,
    open: async (operator, from, factor = 'password', providerSid = null) =>
      tokens(
        await store.change(operatorOrigin(operator, from), (tx, record) =>
          openIn(tx, record, operator, factor, from, providerSid),
        ),
      ),

    find: async (accessToken) => {
      const row = await readWith(keyed.hash('session', accessToken));
      if (!row || row.ended_at !== null) throw new Refusal('session.missing');
      if (row.expires_at <= now() || row.access_expires_at <= now()) throw new Refusal('session.expired');
      if (isLocked(row, await settings(), now())) throw new Refusal('session.idle-locked');
      await noteActivity(row);
      await noteReceived(row);
      if (row.state !== 'active') throw new Refusal('session.missing');
      return sessionOf({ ...row, id: row.operator_id }, row);
    },

    current: async (sessionId) => {
      const row = await sessions().where('id', '=', sessionId).executeTakeFirst();
      if (!row || row.ended_at !== null || row.expires_at <= now()) return null;
      if (isLocked(row, await settings(), now())) return null;
      const operator = await readOperator(row.operator_id);
      return operator.state === 'active' ? sessionOf(operator, row) : null;
    },

    view: async (session) => {
      const document = await settings();
      const operator = await readOperator(session.operator.id);
      return viewOf(session, operator, document, await putOffUntil(operator, document), now());
    },

    refresh: async (refreshToken, from) => {
      const session = await refreshTokens.find(refreshToken, from);
      if (isLocked(session.row, await settings(), now())) throw new Refusal('session.idle-locked');
      const how = { proved: false, action: 'operator.session-refreshed' } as const;
      return tokens({ ...session, ...(await refreshTokens.exchange(session, how, from)) });
    },

    reauthenticate: async (refreshToken, prove, from, factor) => {
      const session = await refreshTokens.find(refreshToken, from);
      await prove(session.operator, session.row.id);
      const how = { proved: true, action: 'operator.reauthenticated', factor } as const;
      return tokens({ ...session, ...(await refreshTokens.exchange(session, how, from)) });
    },

    end: (session, origin) =>
      store.change(origin, async (tx, record) => {
        await tx
          .updateTable('operator_sessions')
          .set({ ended_at: now() })
          .where('id', '=', session.id)
          .execute();
        await record({ action: 'operator.signed-out', facts: { session: session.id } });
      }),
  };
}
