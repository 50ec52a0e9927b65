/** Removes one kind of sensitive text from a line. */
export type Redactor = (text: string) => string;

const redacted = '[redacted]';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const bearerTokens: Redactor = (text) =>
  text.replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`);

/** `password: …`, `"refreshToken":"…"`, `setup_code=…`: a quoted value up to its closing quote, others up to the next space. */
const secretKeys: Redactor = (text) =>
  text.replaceAll(
    /(["']?[\w-]*(?:passw(?:or)?d|passphrase|secret|token|authorization|cookie|setup_?code|one_?time_?code|idempotency-?key)["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;&}\]]+)/gi,
    `$1${redacted}`,
  );

const credentialsInAddresses: Redactor = (text) => text.replaceAll(/(\/\/)[^/\s@]+@/g, `$1${redacted}@`);

/** A query may contain the token of a link in a mail. */
const queries: Redactor = (text) => text.replaceAll(/(\bhttps?:\/\/[^\s?"']+)\?[^\s"']*/gi, `$1?${redacted}`);

/** Tokens and keys of 128 bits or more, which have at least 22 characters in base64url. UUIDs stay readable. */
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

/** Applies all redactors. Second line of defence: secrets must not be passed to the log at all. */
export const redact: Redactor = (text) => redactors.reduce((line, redactor) => redactor(line), text);
