import { createLineLimit } from '../../store/limit-lines.ts';
import { storageFaultOf } from '../../store/storage-fault.ts';
import type { Configuration } from './configuration.ts';

/** Lines of one kind of unexpected error per period. More than one is kept, since each has the reference that a user may quote. */
const maxUnexpected = 10;
/**
 * Logs unexpected errors and faults of the database. While the database is unreachable every request and every sweep fails, so each kind of failure
 * gets a few lines a minute, and the next line says how many were omitted.
 */
export function createUnexpectedLog(
  log: Configuration['log'],
  now: () => number,
): (reference: string, thrown: unknown) => void {
  const count = createLineLimit(now);
  return (reference, thrown) => {
    const fault = storageFaultOf(thrown);
    if (fault !== null) {
      const omitted = count(fault.code, 1);
      if (omitted === null) return;
      // The cause is the driver's own error, which says more than the fault's sentence.
      const cause =
        thrown instanceof Error && thrown.message !== fault.message ? { error: thrown.message } : {};
      const facts = { code: fault.code, reason: fault.message, reference, ...cause };
      return log('storage-fault', { ...facts, ...(omitted > 0 && { omitted }) });
    }
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'not an error';
    const omitted = count(error, maxUnexpected);
    if (omitted !== null) log('unexpected', { reference, error, ...(omitted > 0 && { omitted }) });
  };
}
