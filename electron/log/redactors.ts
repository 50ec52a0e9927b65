/**
 * Removes one kind of sensitive text from a line. Its repetitions are bounded where they could begin at every character: a line may be as long as a
 * server or another program makes it.
 */
export type Redactor = (text: string) => string;

const redacted = '[redacted]';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const bearerTokens: Redactor = (text) =>
  text.replaceAll(/\b(bearer|basic|negotiate|ntlm)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`);

/** Names of the values of a challenge and its answer, up to the end of the line. */
const digests: Redactor = (text) =>
  text.replaceAll(/\b(digest)\s+(?:username|realm|nonce|response)=.*/gi, `$1 ${redacted}`);

const quoted = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const secretNames =
  'passw(?:or)?ds?|passphrases?|secrets?|tokens?|credentials?|authorization|cookies?|api_?-?keys?|setup_?code|one_?time_?code|idempotency-?key';
/** Words that are parts of others, such as compass and bypass, and therefore count as a whole name alone. */
const shortNames = String.raw`(?<![\w-])(?:pass|pwd)`;

/**
 * `password: …`, `"refreshToken":"…"`, `setup_code=…`, `passwords: ["…", "…"]`, `wrong passphrase "…"`: a list up to its bracket, a quoted value up to its
 * closing quote, others up to the next space.
 */
const secretKeys: Redactor = (text) =>
  text
    .replaceAll(
      new RegExp(
        String.raw`((?:${secretNames}|${shortNames})["']?\s{0,9}[:=]\s{0,9})(\[[^\]\n]*\]?|${quoted}|[^\s,;&}\]]+)`,
        'gi',
      ),
      `$1${redacted}`,
    )
    .replaceAll(new RegExp(String.raw`((?:${secretNames})\s{1,9})(?:${quoted})`, 'gi'), `$1${redacted}`);

/** Up to the last `@` before a space: an unencoded password may have a slash or an `@`. */
const credentialsInAddresses: Redactor = (text) =>
  text.replaceAll(/(\/\/)[^\s"'<>]{1,500}@/g, `$1${redacted}@`);

/** A query may contain the token of a link in a mail. */
const queries: Redactor = (text) => text.replaceAll(/(:\/\/[^\s?"']{1,500})\?[^\s"']*/gi, `$1?${redacted}`);

/** Tokens and keys of 128 bits or more, which have at least 22 characters in base64url. UUIDs stay readable. */
const longTokens: Redactor = (text) =>
  text.replaceAll(/(?<![\w-])[\w-]{22,}(?![\w-])/g, (found) =>
    uuid.test(found) || !/\d/.test(found) || !/[a-z]/i.test(found) ? found : redacted,
  );

const mailAddresses: Redactor = (text) =>
  text.replaceAll(/[^\s<>"'@:,;()]{1,100}@[^\s<>"'@:,;()]{1,255}\.\w+/g, '[e-mail]');

const redactors: readonly Redactor[] = [
  bearerTokens,
  digests,
  secretKeys,
  credentialsInAddresses,
  queries,
  longTokens,
  mailAddresses,
];

/** Applies all redactors. Second line of defence: secrets must not be passed to the log at all. */
export const redact: Redactor = (text) => redactors.reduce((line, redactor) => redactor(line), text);
