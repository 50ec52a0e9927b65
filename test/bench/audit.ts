import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditKey } from '../../backend/audit/audit-key.ts';
import type { Origin } from '../../backend/audit/append-event.ts';
import { databaseSource } from '../../backend/audit/verify/database-source.ts';
import { verifyChain } from '../../backend/audit/verify/verify-chain.ts';
import { openSecretKey } from '../../backend/configuration/secret-key.ts';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import { createStore } from '../../backend/store/store.ts';

const origin: Origin = {
  actor: { kind: 'operator', id: 'op-1', name: 'Ann Operator' },
  clientAddress: '192.0.2.7',
  client: 'Reset Desk (bench)',
};

/** How fast the audit log is verified, and what its signatures cost those who write it. */
export async function run({ quick }: { quick: boolean }) {
  const [count, changes] = quick ? [100_000, 500] : [1_000_000, 2000];
  const folder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
  const key = createAuditKey(openSecretKey(folder));
  const event = (index: number) =>
    ({
      action: 'check.passed',
      accountId: `account-${index % 1000}`,
      caseId: `case-${index % 5000}`,
      facts: { kind: 'emailed-code', index },
    }) as const;
  /** Changes of one event each, a second. */
  const rate = async (signed: boolean): Promise<number> => {
    const db = await openSqlite(join(folder, `${signed ? 'signed' : 'plain'}.db`));
    const store = createStore(db, Date.now, db, signed ? key : null);
    const started = performance.now();
    for (let index = 0; index < changes; index += 1) {
      await store.change(origin, (_tx, record) => record(event(index)));
    }
    const seconds = (performance.now() - started) / 1000;
    await store.close();
    return changes / seconds;
  };
  try {
    const [plain, signed] = [await rate(false), await rate(true)];
    const db = await openSqlite(join(folder, 'long.db'));
    const store = createStore(db, Date.now, db, key);
    for (let done = 0; done < count; done += 10_000) {
      await store.change(origin, async (_tx, record) => {
        for (let index = done; index < done + 10_000; index += 1) await record(event(index));
      });
    }
    const started = performance.now();
    const verdict = await verifyChain(databaseSource(db), { publicKey: key.publicKey });
    const seconds = (performance.now() - started) / 1000;
    await store.close();
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
