import { DatabaseFault } from './database-fault.ts';

/** Why a server cannot be reached or used, by the codes of the network and of PostgreSQL. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing is listening there',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be resolved at the moment',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'it cannot be reached',
  ENETUNREACH: 'it cannot be reached',
  '28P01': 'the user name or password is wrong',
  '28000': 'it does not allow this user to connect from here',
  '3D000': 'there is no such database',
  '42501': 'the user lacks a required privilege',
  '57P01': 'it is shutting down',
  '57P02': 'it has crashed and is recovering',
  '57P03': 'it is starting up or shutting down',
  '53300': 'it has no connection left',
  '53100': 'its disk is full',
  '25006': 'it is read-only: a standby, or default_transaction_read_only is on',
};

const [queryTimeout, poolTimeout] = ['Query read timeout', 'timeout exceeded when trying to connect'];

/** The client gave up on a statement whose answer did not arrive in time. */
export const isQueryTimeout = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.message === queryTimeout;

/** No connection of the pool became free in time; none was opened. */
export const isPoolCrowded = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.message === poolTimeout;

/** Errors of the driver without a code, by the beginning of their message. */
const driverReasons: readonly (readonly [start: string, reason: string])[] = [
  [queryTimeout, 'it does not answer'],
  [poolTimeout, 'all of its connections are in use'],
  ['timeout expired', 'it does not answer'],
  ['Connection terminated due to connection timeout', 'it does not answer'],
  ['Connection terminated', 'the connection was closed'],
  ['Client has encountered a connection error', 'the connection was closed'],
  ['Client was closed', 'the connection was closed'],
  ['Postgres connection has been discarded', 'the connection was closed'],
];

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';

const driverReasonOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && codeOf(thrown) === ''
    ? driverReasons.find(([start]) => thrown.message.startsWith(start))?.[1]
    : undefined;

/** Explains why PostgreSQL cannot be used. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof DatabaseFault) return thrown.message;
  return (
    reasons[codeOf(thrown)] ??
    driverReasonOf(thrown) ??
    (thrown instanceof Error ? thrown.message : 'the reason is unknown')
  );
}

/** Errors of the network and the driver, and PostgreSQL's class 08: the connection is no longer usable. */
const isConnectionLost = (thrown: unknown): boolean => {
  const code = codeOf(thrown);
  return (
    driverReasonOf(thrown) !== undefined ||
    /^(?:08\w{3}|57P0[1-4])$/.test(code) ||
    // Errors of the network, such as ECONNRESET; those of a certificate are ERR_TLS_….
    /^E(?!RR_)[A-Z_]+$/.test(code)
  );
};

/** The fault behind an error of the driver; null for an error about the statement itself. */
function faultOf(thrown: unknown): DatabaseFault | null {
  if (thrown instanceof DatabaseFault) return thrown;
  const options = { cause: thrown };
  const code = codeOf(thrown);
  if (isConnectionLost(thrown) || code === '53300')
    return new DatabaseFault('storage.unavailable', reasonOf(thrown), options);
  if (code === '25006') return new DatabaseFault('storage.read-only', reasonOf(thrown), options);
  if (code === '53100') return new DatabaseFault('storage.full', reasonOf(thrown), options);
  // Cancelled by a time limit, no lock in time, out of memory.
  if (code === '57014' || code === '55P03' || code === '53200' || code === '40P01')
    return new DatabaseFault('storage.locked', reasonOf(thrown), options);
  return null;
}

/** An error of a statement as the store throws it, and whether its connection must be closed. */
export function explainFailure(
  thrown: unknown,
  statement: string,
): { readonly error: unknown; readonly isLost: boolean } {
  const isLost = isConnectionLost(thrown);
  if (isLost && statement === 'commit') {
    const message =
      'the connection broke before the answer to a COMMIT, so it is unknown whether the change was saved';
    return { error: new DatabaseFault('storage.outcome-unknown', message, { cause: thrown }), isLost };
  }
  return { error: faultOf(thrown) ?? thrown, isLost };
}

/** Whether another try in a moment may succeed, because the server is unreachable or starting. A wrong password or name stays wrong. */
export const isPassing = (thrown: unknown): boolean => {
  if (thrown instanceof DatabaseFault && thrown.cause !== undefined) return isPassing(thrown.cause);
  return codeOf(thrown) !== 'ENOTFOUND' && (isConnectionLost(thrown) || codeOf(thrown) === '53300');
};
