import Database from 'libsql';
import { chainStart, eventHash } from '../../backend/store/append-event.ts';
import type { AuditKey } from '../../backend/store/audit-key.ts';
import { checkpointEvery, signCheckpoint } from '../../backend/store/checkpoint.ts';
import type { AuditEventsTable } from '../../backend/store/tables/audit.ts';

const inOneGo = 20_000;

/**
 * Fills the empty log of a database file like years of use: with the same hashes and signatures, but without reading the last event before each.
 * Writing a million events through the store would take longer than all measurements.
 */
export function writeLongAuditLog(file: string, key: AuditKey, count: number): void {
  const database = new Database(file);
  database.exec('pragma synchronous = off');
  const eventRow = database.prepare(
    `insert into audit_events (seq, at, actor_kind, actor_id, actor_name, account_id, case_id, action, outcome, facts, policy_version, client_address, client, previous_hash, hash)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const checkpointRow = database.prepare(
    'insert into audit_checkpoints (seq, hash, at, key_id, signature) values (?, ?, ?, ?, ?)',
  );
  const startedAt = Date.parse('2020-01-01T00:00:00Z');
  let last = chainStart;
  for (let seq = 1; seq <= count; seq += 1) {
    if (seq % inOneGo === 1) database.exec('begin');
    const at = startedAt + seq * 1000;
    const event = {
      seq,
      at,
      actor_kind: 'operator',
      actor_id: 'op-1',
      actor_name: 'Ann Operator',
      account_id: `account-${seq % 1000}`,
      case_id: `case-${seq % 5000}`,
      action: 'check.passed',
      outcome: 'done',
      facts: JSON.stringify({ index: seq, kind: 'emailed-code' }),
      policy_version: 1,
      client_address: '192.0.2.7',
      client: 'Reset Desk (bench)',
      previous_hash: last,
    } satisfies Omit<AuditEventsTable, 'hash'>;
    last = eventHash(event);
    eventRow.run(...Object.values(event), last);
    if (seq % checkpointEvery === 0) {
      const signed = signCheckpoint(key, { seq, hash: last, at });
      checkpointRow.run(signed.seq, signed.hash, signed.at, signed.key_id, signed.signature);
    }
    if (seq % inOneGo === 0 || seq === count) database.exec('commit');
  }
  database.close();
}
