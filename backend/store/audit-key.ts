import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto';

/** Signs checkpoints, exports and evidence packs, which anyone with the public key can verify. */
export interface AuditKey {
  /** The first 16 hex digits of the public key's SHA-256: short enough to read aloud. */
  readonly keyId: string;
  /** Ed25519, 32 bytes, base64url. Not secret. */
  readonly publicKey: string;
  /** An Ed25519 signature of the text in UTF-8, base64url. */
  sign(text: string): string;
}

// RFC 8410: the bytes that precede an Ed25519 key's 32 bytes in PKCS #8 and in SubjectPublicKeyInfo.
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const keyBytes = 32;

/** The key id of a public key (base64url). */
export const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16);

/** `key` is the 32 bytes of the data folder's key file, so a data folder always signs with the same key. */
export function createAuditKey(key: Uint8Array): AuditKey {
  const seed = Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'reset-desk audit signature', keyBytes));
  const secret = createPrivateKey({
    key: Buffer.concat([privatePrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(secret)
    .export({ format: 'der', type: 'spki' })
    .subarray(-keyBytes)
    .toString('base64url');
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), secret).toString('base64url'),
  };
}

/** Whether the key's owner signed the text; false for a malformed key or signature as well. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(publicKey, 'base64url');
  if (bytes.length !== keyBytes) return false;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}
