import { dialectOf } from '../../store/dialect.ts';
import type { Transaction } from '../../store/store.ts';
import type { BatchRows } from './batch-rows.ts';
import { postgresqlBatchRows } from './batch-rows-postgresql.ts';
import { sqliteBatchRows } from './batch-rows-sqlite.ts';

/** The statements of a batch for the database of a transaction. */
export const batchRowsOf = (tx: Transaction): BatchRows =>
  dialectOf(tx) === 'sqlite' ? sqliteBatchRows(tx) : postgresqlBatchRows(tx);
