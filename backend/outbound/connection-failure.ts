/** Node's and OpenSSL's codes for an untrusted authority. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);

const messages: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'No server answers at this host and port.',
  ECONNRESET: 'The server closed the connection.',
  EPIPE: 'The server closed the connection.',
  UND_ERR_SOCKET: 'The server closed the connection.',
  ENOTFOUND: 'The host name is unknown.',
  EAI_AGAIN: 'The host name could not be looked up, because the name server does not answer.',
  EDNS: 'The host name could not be looked up.',
  ETIMEDOUT: 'The server did not answer in time.',
  UND_ERR_CONNECT_TIMEOUT: 'The server did not answer in time.',
  UND_ERR_HEADERS_TIMEOUT: 'The server did not answer in time.',
  UND_ERR_BODY_TIMEOUT: 'The server stopped before its answer was complete.',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'The server answered more than is allowed.',
  UND_ERR_HEADERS_OVERFLOW: 'The server answered more than is allowed.',
  HPE_HEADER_OVERFLOW: 'The server answered more than is allowed.',
  EHOSTUNREACH: 'The host cannot be reached from this server.',
  ENETUNREACH: 'The host cannot be reached from this server.',
  CERT_HAS_EXPIRED: 'The server’s certificate has expired.',
  CERT_NOT_YET_VALID: 'The server’s certificate is not valid yet. Check the clocks of both computers.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The server’s certificate is for a different name.',
};

interface Coded {
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly message?: unknown;
}

/** The error and its causes, from the outside in. */
function* chainOf(thrown: unknown): Generator<Coded> {
  for (let at = thrown, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    yield at;
    const { cause, errors } = at as Coded;
    // A host with several addresses fails with one error for each.
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
}

/** Which rule the server's certificate breaks; null if the connection failed for another reason. */
export function certificateFailure(thrown: unknown): 'untrusted' | 'expired' | 'name' | null {
  for (const { code } of chainOf(thrown)) {
    if (typeof code !== 'string') continue;
    if (untrusted.has(code)) return 'untrusted';
    if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'expired';
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'name';
  }
  return null;
}

/** Explains OpenSSL's error for a connection that is not TLS, or that lacks a client certificate. */
function tlsMessage(text: string): string | undefined {
  if (/wrong version number|packet length too long|WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(text))
    return 'The server does not use TLS from the start on this port. Choose another encryption or port.';
  if (
    /certificate required|CERTIFICATE_REQUIRED|handshake failure|HANDSHAKE_FAILURE|bad certificate|BAD_CERTIFICATE/.test(
      text,
    )
  )
    return 'The server did not accept the client certificate, or none is set. Check it in Settings, Certificates.';
  if (/unsupported protocol|UNSUPPORTED_PROTOCOL|protocol version|PROTOCOL_VERSION/.test(text))
    return 'The server supports no secure TLS version (1.2 or later).';
  return undefined;
}

/**
 * Why a connection failed and what to do about it, as one sentence for operators; undefined if the error is not about the connection, such as an
 * answer of the server.
 */
export function connectionFailure(thrown: unknown): string | undefined {
  for (const { code, message, name } of [...chainOf(thrown)] as (Coded & { name?: unknown })[]) {
    if (name === 'DeadlineError' || name === 'RefusedAddressError') return String(message);
    if (name === 'HTTPParserError' && !(typeof code === 'string' && Object.hasOwn(messages, code)))
      return 'The server at this host and port does not use HTTP.';
    // nodemailer replaces the code by its own and keeps the text, which begins or ends with the code.
    const text = typeof message === 'string' ? message : '';
    const codes = [code, ...text.split(/[^A-Z_]+/)].filter(
      (part): part is string => typeof part === 'string',
    );
    const known = codes
      .map((part) => (Object.hasOwn(messages, part) ? messages[part] : undefined))
      .find(Boolean);
    if (
      (typeof code === 'string' && untrusted.has(code)) ||
      /self[- ]signed certificate|unable to (get local issuer|verify the first) certificate/.test(text)
    )
      return 'The server’s certificate was issued by an authority that this server does not trust. Add the authority in Settings, Certificates.';
    if (/certificate has expired/.test(text)) return messages['CERT_HAS_EXPIRED'];
    if (/does not match certificate's altnames|altnames/.test(text))
      return messages['ERR_TLS_CERT_ALTNAME_INVALID'];
    const tls = tlsMessage(`${typeof code === 'string' ? code : ''} ${text}`);
    if (tls !== undefined) return tls;
    if (known !== undefined) return known;
  }
  return undefined;
}
