import type { ChainState } from '../../shared/api/audit.ts';
import type { Store } from '../store/store.ts';
import { type Origin, systemOrigin } from '../store/append-event.ts';
import type { AuditKey } from '../store/audit-key.ts';
import { writeCheckpoint } from '../store/checkpoint.ts';
import type { KeptHead } from './kept-head.ts';
import { databaseSource } from './verify/database-source.ts';
import type { Fault, Position } from './verify/verdict.ts';
import { verifyChain } from './verify/verify-chain.ts';

export interface ChainWatch {
  state(): Promise<ChainState>;
  /** Starts a check from the first event, whose result is recorded. Returns as soon as it has started. */
  check(origin: Origin): Promise<ChainState>;
  /**
   * Checks the new events and signs them if they are intact, so that a crash or a quiet night leaves no long unsigned end. Reports a failure; the next call
   * tries again.
   */
  advance(): Promise<void>;
  /** Resolves once no check is running and its result is recorded. */
  settled(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly key: AuditKey;
  /** The newest signed head outside of the database. */
  readonly kept: KeptHead;
  readonly now: () => number;
  /** Called when the log is found broken for the first time since the start. */
  readonly onBroken: (fault: Fault) => void;
  /** Called when the log cannot be read, signed or written. */
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

/** Signs the end of the log, and stores the newest signature outside the database. */
function createSigner({ store, key, kept, now }: Pick<Collaborators, 'store' | 'key' | 'kept' | 'now'>) {
  const last = (table: 'audit_events' | 'audit_checkpoints') =>
    store.db
      .selectFrom(table)
      .select(['seq', 'hash', 'at'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();

  /** Signs the last event, unless another one was appended or it was signed in the meantime. */
  const sign = (checked: Position): Promise<void> =>
    store.writeUnaudited(async (tx) => {
      const newest = async (table: 'audit_events' | 'audit_checkpoints') =>
        tx.selectFrom(table).select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
      const head = await newest('audit_events');
      const signed = await newest('audit_checkpoints');
      if (head?.hash !== checked.hash || (signed?.seq ?? 0) >= head.seq) return;
      await writeCheckpoint(tx, key, head, now());
    });

  let keptSeq = kept.read()?.seq ?? 0;
  /** Stores the newest signature outside the database, once it is committed. */
  const keep = async (): Promise<void> => {
    const newest = await store.db
      .selectFrom('audit_checkpoints')
      .selectAll()
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (newest === undefined || newest.seq <= keptSeq) return;
    kept.write(newest);
    keptSeq = newest.seq;
  };
  return { last, sign, keep };
}

/** Checks and signs the running backend's audit log. */
export function createChainWatch({
  store,
  key,
  kept,
  now,
  onBroken,
  onUnexpected,
}: Collaborators): ChainWatch {
  const source = databaseSource(store.db);
  const { last, sign, keep } = createSigner({ store, key, kept, now });
  let good: Position | null = null;
  let broken: Fault | null = null;
  let upTo = 0;
  let checkedAt: number | null = null;
  let running: Promise<boolean> | null = null;
  let recording: Promise<void> = Promise.resolve();
  const report = (thrown: unknown): void => {
    onUnexpected('audit chain', thrown);
  };

  const run = async (after: Position | null): Promise<void> => {
    const head = kept.read();
    const verdict = await verifyChain(source, {
      ...(after && { after }),
      publicKey: key.publicKey,
      heads: head !== null && head.seq > (after?.seq ?? 0) ? [head] : [],
      onProgress: (seq) => {
        upTo = seq;
      },
    });
    const first = broken === null && verdict.fault !== null;
    broken = verdict.fault;
    good = verdict.head ?? good;
    upTo = good?.seq ?? 0;
    checkedAt = now();
    if (verdict.fault === null) {
      if (good !== null) await sign(good);
      await keep();
    } else if (first) {
      onBroken(verdict.fault);
      const { kind, seq, to } = verdict.fault;
      await store.change(systemOrigin, (_tx, record) =>
        record({ action: 'audit.chain-broken', outcome: 'failed', facts: { kind, seq, to } }),
      );
    }
  };
  /**
   * Starts one check at a time. A log found broken stays broken until it is checked again from the beginning. Returns whether the log could be read.
   */
  const start = (from: () => Position | null): Promise<boolean> =>
    (running ??= run(from())
      .then(
        () => true,
        (thrown: unknown) => {
          report(thrown);
          return false;
        },
      )
      .finally(() => {
        running = null;
      }));
  const advance = async (): Promise<void> => {
    if (broken === null) await start(() => good);
  };
  const iso = (position: { seq: number; hash: string; at: number } | undefined) =>
    position === undefined
      ? null
      : { seq: position.seq, hash: position.hash, at: new Date(position.at).toISOString() };

  const state = async (): Promise<ChainState> => ({
    head: iso(await last('audit_events')),
    signed: iso(await last('audit_checkpoints')),
    check: {
      state: broken !== null ? 'broken' : running === null && checkedAt !== null ? 'unbroken' : 'checking',
      upTo,
      at: checkedAt === null ? null : new Date(checkedAt).toISOString(),
      fault: broken,
    },
    publicKey: key.publicKey,
    keyId: key.keyId,
  });

  return {
    state: async () => {
      if (checkedAt === null) void advance();
      return state();
    },
    async check(origin) {
      await running;
      broken = null;
      good = null;
      checkedAt = null;
      upTo = 0;
      recording = start(() => null)
        .then((looked) =>
          store.change(origin, (_tx, record) =>
            record({
              action: 'audit.checked',
              outcome: looked && broken === null ? 'done' : 'failed',
              facts: { upTo, result: looked ? (broken?.kind ?? 'unbroken') : 'not-finished' },
            }),
          ),
        )
        .catch(report);
      return state();
    },
    advance,
    settled: async () => {
      await running;
      await recording;
    },
  };
}
