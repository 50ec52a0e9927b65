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

/**
 * The fault of an unsuccessful status. `right` is the right that is missing on 403; null where no right is asked for, such as at a sign-in. A gateway
 * answers 502, 503 and 504 when it does not reach the directory behind it.
 */
export function faultOfStatus(
  status: number,
  right: DirectoryRight | null,
  { server, serverCode = String(status) }: { readonly server: string; readonly serverCode?: string },
): DirectoryFault {
  const told = { server, serverCode };
  switch (status) {
    case 401:
      return new DirectoryFault('service-account-wrong', told);
    case 403:
      return right === null
        ? new DirectoryFault('service-account-wrong', told)
        : new DirectoryFault('right-missing', { ...told, detail: right });
    case 408:
      return new DirectoryFault('timeout', told);
    case 429:
      return new DirectoryFault('throttled', told);
    case 502:
    case 503:
    case 504:
      return new DirectoryFault('unreachable', told);
    default:
      return new DirectoryFault('answer-invalid', told);
  }
}
