import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseFault } from './database-fault.ts';
import type { HeldConnection } from './postgresql-connection.ts';

/** Thrown if another backend holds the lock, since a database serves one backend. */
export class OtherBackend extends DatabaseFault {
  constructor() {
    super(
      'storage.unavailable',
      'another Reset Desk backend is using this database, and its memory is not shared: stop it first',
    );
    this.name = 'OtherBackend';
  }
}

/** Keeps other backends away from a database for as long as this one runs. */
export interface BackendLock {
  /** Takes the lock if it is not held: at the start, and after its connection broke. Throws {@link OtherBackend} if another backend holds it. */
  ensure(): Promise<void>;
  /** Checks every few seconds whether the connection that holds the lock still responds; takes the lock again if not. */
  check(): Promise<void>;
  /**
   * Asks the server whether the lock is still held, and takes it again if not. The network may have dropped the connection that holds it without a word,
   * as it dropped the one that a new connection for changes replaces. Throws {@link OtherBackend} if another backend holds it.
   */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/** The first of the two numbers of PostgreSQL's advisory lock; arbitrary. The second one identifies the schema. */
const lockNumber = 7_345_113;
/** Milliseconds between two checks of the connection that holds the lock. */
const heartbeatMs = 5000;
/** Tries, a tenth of a second apart, to take the lock over from this backend's own connection, which the server is ending. */
const takeoverTries = 20;

const tryLock = `select pg_backend_pid() as pid,
  pg_try_advisory_lock(${lockNumber}, hashtext(coalesce(current_schema(), ''))) as held`;
/** Ends this backend's own session that holds the lock over a dead connection, which the server has not noticed. */
const endFormer = `select pg_terminate_backend(pid) from pg_locks
  where locktype = 'advisory' and classid = ${lockNumber} and objsubid = 2 and pid = $1
    and database = (select oid from pg_database where datname = current_database())`;

interface Collaborators {
  /** Opens a connection that stays open until it is closed or breaks. */
  readonly connect: () => Promise<HeldConnection>;
  /** Milliseconds for each statement on it. */
  readonly timeoutMs: number;
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

/**
 * A lock of one session: the server releases it when the connection ends in any way. When the connection breaks, the lock is taken again before the
 * next change opens a connection. A backend that finds another one in its place refuses changes and logs that.
 */
export function createBackendLock({ connect, timeoutMs, log }: Collaborators): BackendLock {
  let held: HeldConnection | null = null;
  let acquiring: Promise<void> | null = null;
  let formerPid: number | null = null;
  let isReleased = false;
  let isReplaced = false;

  const acquire = async (): Promise<void> => {
    const connection = await connect();
    try {
      for (let tries = 0; ; tries += 1) {
        const [row] = await connection.query(tryLock, [], timeoutMs);
        if (row?.['held'] === true) {
          formerPid = Number(row['pid']);
          break;
        }
        const ended = formerPid === null ? [] : await connection.query(endFormer, [formerPid], timeoutMs);
        if (tries >= takeoverTries || (ended.length === 0 && tries === 0)) throw new OtherBackend();
        await wait(100);
      }
    } catch (thrown) {
      await connection.close();
      throw thrown;
    }
    if (isReplaced) log('database-lock-taken-again', {});
    isReplaced = false;
    held = connection;
    watch(connection);
  };

  const ensure = async (): Promise<void> => {
    if (held !== null) return;
    if (isReleased) throw new DatabaseFault('storage.unavailable', 'the backend is stopping');
    acquiring ??= acquire().finally(() => {
      acquiring = null;
    });
    await acquiring;
  };

  /** Takes the lock again at once when its connection is lost, so that other backends see the database free for as short a time as possible. */
  const regain = (): void => {
    if (isReleased || held !== null) return;
    ensure().catch((thrown: unknown) => {
      if (thrown instanceof OtherBackend && !isReplaced) {
        isReplaced = true;
        log('database-lock-lost', { reason: thrown.message });
      }
      setTimeout(regain, 1000).unref();
    });
  };

  const lose = (connection: HeldConnection): void => {
    if (held !== connection) return;
    held = null;
    void connection.close();
    regain();
  };
  const check = async (): Promise<void> => {
    const connection = held;
    await connection?.query('select 1', [], timeoutMs).catch(() => lose(connection));
  };
  function watch(connection: HeldConnection): void {
    const timer = setInterval(() => {
      if (held === connection) void check();
      else clearInterval(timer);
    }, heartbeatMs);
    timer.unref();
    connection.onEnd(() => lose(connection));
  }

  return {
    ensure,
    check,
    confirm: async () => {
      await check();
      await ensure();
    },
    release: async () => {
      isReleased = true;
      // Whether it was acquired is read from `held`; the caller of `ensure` got the error.
      await acquiring?.catch(() => undefined);
      const connection = held;
      held = null;
      await connection?.close();
    },
  };
}
