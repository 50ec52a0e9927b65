import type { ConsoleFailureCode } from '../../../shared/errors/codes.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';

/** Maps codes of Node, OpenSSL and axios to failures. Certificate errors not listed here are `untrusted`. */
const failureCodes: Readonly<Record<string, ConsoleFailureCode>> = {
  ECONNREFUSED: 'server.unreachable',
  ENOTFOUND: 'server.unreachable',
  EAI_AGAIN: 'server.unreachable',
  EHOSTUNREACH: 'server.unreachable',
  ENETUNREACH: 'server.unreachable',
  EHOSTDOWN: 'server.unreachable',
  ENETDOWN: 'server.unreachable',
  EADDRNOTAVAIL: 'server.unreachable',
  ECONNRESET: 'server.unreachable',
  EPIPE: 'server.unreachable',
  ECONNABORTED: 'server.timeout',
  ETIMEDOUT: 'server.timeout',
  ESOCKETTIMEDOUT: 'server.timeout',
  ERR_CANCELED: 'server.timeout',
  CERT_HAS_EXPIRED: 'server.certificate-expired',
  CERT_NOT_YET_VALID: 'server.certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'server.certificate-name',
  EPROTO: 'server.not-reset-desk',
  ERR_FR_TOO_MANY_REDIRECTS: 'server.not-reset-desk',
  ERR_BAD_RESPONSE: 'server.answer-invalid',
};

const certificateFault =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|CRL_\w+|INVALID_\w+|PATH_LENGTH_EXCEEDED|ERROR_IN_CERT\w+|HOSTNAME_MISMATCH)$/;

/**
 * The failure of a request that got no answer. Only the error's code is used: an AxiosError contains the request with its password
 * and token, so it is neither kept as a cause nor logged.
 */
export function networkFailure(thrown: unknown): ConsoleFailure {
  const code = codeOf(thrown);
  return new ConsoleFailure(codeFor(code), code === undefined ? {} : { detail: code });
}

function codeFor(code: string | undefined): ConsoleFailureCode {
  if (code === undefined) return 'server.unreachable';
  const known = failureCodes[code];
  if (known !== undefined) return known;
  if (certificateFault.test(code)) return 'server.certificate-untrusted';
  // The body cannot be unpacked.
  if (/^(?:Z_|ERR_ZLIB_|ERR__ERROR_|ERR_BROTLI_)/.test(code)) return 'server.answer-invalid';
  // The other side speaks neither TLS nor HTTP; usually the port is wrong.
  if (code.startsWith('HPE_') || code.startsWith('ERR_SSL_')) return 'server.not-reset-desk';
  return 'server.unreachable';
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  // Happy Eyeballs reports an error for each address that it tried.
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
  return 'cause' in thrown ? codeOf(thrown.cause) : undefined;
}
