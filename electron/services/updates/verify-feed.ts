import { createPublicKey, verify } from 'node:crypto';
import { updateFeed, type UpdateFeed } from '../../../shared/updates/update-feed.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';

/** Bytes of an Ed25519 signature. */
const signatureBytes = 64;

/** Parses an Ed25519 public key from PEM; null for any other text or key. */
function readKey(pem: string) {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/**
 * SECURITY: docs/security.md, 23. Verifies the signature (base64) of these bytes, then reads the feed from them. Throws `update.signature-wrong` or
 * `update.feed-invalid`.
 */
export function verifyFeed(bytes: Buffer, signature: string, publicKey: string): UpdateFeed {
  const key = readKey(publicKey);
  const given = Buffer.from(signature.trim(), 'base64');
  if (key === null || given.length !== signatureBytes || !verify(null, bytes, key, given))
    throw new ConsoleFailure('update.signature-wrong');
  try {
    return updateFeed.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new ConsoleFailure('update.feed-invalid');
  }
}
