import { certificateFailure, connectionFailure } from '../../outbound/connection-failure.ts';
import { DirectoryFault, type DirectoryRight } from './directory-fault.ts';

/** Error codes of a connection that was never established, so that nothing was sent. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function codeOf(thrown: unknown): string {
  for (let at = thrown, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === 'string') return code;
    at = cause;
  }
  return '';
}

/** The fault of a read without an answer. */
export function readFault(thrown: unknown, server: string): DirectoryFault {
  if (thrown instanceof DirectoryFault) return thrown;
  const certificate = certificateFailure(thrown);
  if (certificate !== null) return new DirectoryFault(`certificate-${certificate}`, { server });
  const isLate =
    (thrown instanceof Error && thrown.name === 'DeadlineError') || /TIMEOUT|ETIMEDOUT/.test(codeOf(thrown));
  if (isLate) return new DirectoryFault('timeout', { server });
  const isConnection = codeOf(thrown) !== '' || connectionFailure(thrown) !== undefined;
  return new DirectoryFault(isConnection ? 'unreachable' : 'answer-invalid', { server });
}

/** The fault of a write without an answer: unless it was never sent, it may have succeeded. */
export function unansweredWrite(thrown: unknown, server: string): DirectoryFault {
  if (thrown instanceof DirectoryFault) return thrown;
  const isUnsent = neverConnected.has(codeOf(thrown)) || certificateFailure(thrown) !== null;
  return isUnsent ? readFault(thrown, server) : new DirectoryFault('outcome-unknown', { server });
}

/** The fault of an error status. `right` is the right that is missing on 403. */
export const faultOfStatus = (status: number, right: DirectoryRight, server: string): DirectoryFault =>
  status === 403
    ? new DirectoryFault('right-missing', { server, serverCode: '403', detail: right })
    : new DirectoryFault('answer-invalid', { server, serverCode: String(status) });
