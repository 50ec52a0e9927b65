import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditKey, type AuditKey } from '../../backend/store/audit-key.ts';
import type { Origin } from '../../backend/store/append-event.ts';
import { databaseSource } from '../../backend/audit/verify/database-source.ts';
import { verifyChain } from '../../backend/audit/verify/verify-chain.ts';
import { createKeyFile } from '../../backend/app/configuration/secret-key.ts';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import { createStore } from '../../backend/store/store.ts';
import { writeLongAuditLog } from './long-audit-log.ts';

const origin: Origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann Operator' },
  clientAddress: '192.0.2.7',
  client: 'Reset Desk (bench)',
};

/** Changes of one event each that are made in a row before the other log's turn, so that other load on the computer affects both. */
const turn = 100;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN;

/** Changes per second with and without signatures, of one event each. */
async function rates(
  folder: string,
  key: AuditKey,
  changes: number,
): Promise<[plain: number, signed: number]> {
  const logs = await Promise.all(
    [null, key].map(async (its) => {
      const db = await openSqlite(join(folder, `${its === null ? 'plain' : 'signed'}.db`));
      return { store: createStore(db, Date.now, db, its), turns: [] as number[] };
    }),
  );
  for (let done = 0; done < changes; done += turn) {
    for (const log of logs) {
      const started = performance.now();
      for (let index = done; index < done + turn; index += 1) {
        const facts = { kind: 'emailed-code', index };
        await log.store.change(origin, (_tx, record) => record({ action: 'check.passed', facts }));
      }
      log.turns.push(performance.now() - started);
    }
  }
  for (const { store } of logs) await store.close();
  return logs.map(({ turns }) => (turn * 1000) / median(turns)) as [number, number];
}

/** How fast the audit log is verified, and how much its signatures slow down writers. */
export async function run({ quick }: { quick: boolean }) {
  const [count, changes] = quick ? [100_000, 500] : [1_000_000, 2000];
  const folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
  const key = createAuditKey(createKeyFile(folder));
  try {
    const [plain, signed] = await rates(folder, key, changes);
    const file = join(folder, 'long.db');
    const filled = await openSqlite(file);
    await filled.destroy();
    writeLongAuditLog(file, key, count);
    const db = await openSqlite(file);
    const started = performance.now();
    const verdict = await verifyChain(databaseSource(db), { publicKey: key.publicKey });
    const seconds = (performance.now() - started) / 1000;
    await db.destroy();
    if (verdict.fault !== null || verdict.events !== count) throw new Error('The log of the bench is broken');
    return {
      rows: [
        {
          what: `audit log, ${count.toLocaleString('en')} events verified, signatures included`,
          measured: `${seconds.toFixed(1)} s`,
          target: '1M in 60 s',
          ratio: `${Math.round(count / seconds).toLocaleString('en')}/s`,
        },
        {
          what: 'changes of one event a second, signed, to those without signatures',
          measured: `${signed.toFixed(0)}/s to ${plain.toFixed(0)}/s`,
          target: '≥ 90 %',
          ratio: (signed / plain).toFixed(2),
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
