import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts values that must be read again, such as the mail server's password, with the data folder's key. */
export interface Sealed {
  /** AES-256-GCM, base64url. `name` is authenticated with it, so that one sealed value cannot replace another. */
  seal(name: string, value: string): string;
  /** Throws if the value was sealed with another key or name, or was modified. */
  open(name: string, sealed: string): string;
}

const [ivBytes, tagBytes] = [12, 16];

/** `key` is the 32 bytes of the data folder's key file. */
export function createSealed(key: Uint8Array): Sealed {
  const derived = createSecretKey(
    Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'reset-desk sealed', 32)),
  );
  return {
    seal: (name, value) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', derived, iv).setAAD(Buffer.from(name));
      const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    open: (name, sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', derived, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
