/** Takes one kind of sensitive text out of a line. */
export type Redactor = (text: string) => string;

const redacted = '[redacted]';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const bearerTokens: Redactor = (text) =>
  text.replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`);

/** `password: …`, `"refreshToken":"…"`, `setup_code=…`; a quoted value to its closing quote, else to the next blank. */
const secretKeys: Redactor = (text) =>
  text.replaceAll(
    /(["']?[\w-]*(?:passw(?:or)?d|passphrase|secret|token|authorization|cookie|setup_?code|one_?time_?code|idempotency-?key)["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;&}\]]+)/gi,
    `$1${redacted}`,
  );

const credentialsInAddresses: Redactor = (text) => text.replaceAll(/(\/\/)[^/\s@]+@/g, `$1${redacted}@`);

/** The token of a reset link or a "This was not me" link is the last part of its path or a query. */
const queries: Redactor = (text) => text.replaceAll(/(\bhttps?:\/\/[^\s?"']+)\?[^\s"']*/gi, `$1?${redacted}`);

/** Tokens and keys: 128 bits are 22 characters of base64url. Identifiers (UUIDs) stay readable. */
const longTokens: Redactor = (text) =>
  text.replaceAll(/(?<![\w-])[\w-]{22,}(?![\w-])/g, (found) =>
    uuid.test(found) || !/\d/.test(found) || !/[a-z]/i.test(found) ? found : redacted,
  );

const mailAddresses: Redactor = (text) =>
  text.replaceAll(/[^\s<>"'@:,;()]+@[^\s<>"'@:,;()]+\.\w+/g, '[e-mail]');

const redactors: readonly Redactor[] = [
  bearerTokens,
  secretKeys,
  credentialsInAddresses,
  queries,
  longTokens,
  mailAddresses,
];

/** The second net under "secrets are never handed to a log call": all redactors, one after the other. */
export const redact: Redactor = (text) => redactors.reduce((line, redactor) => redactor(line), text);
