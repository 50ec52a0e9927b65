import { Secret, TOTP } from 'otpauth';

/** RFC 6238 with what every authenticator application knows: SHA-1, 6 digits, 30 seconds. */
const period = 30;

const totpOf = (secret: string, label: string) =>
  new TOTP({
    issuer: 'Reset Desk',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: Secret.fromBase32(secret),
  });

/** A new secret of 160 bits in base32, as RFC 4226 asks for. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The address that an authenticator application takes up from a picture. */
export const totpUri = (secret: string, userName: string): string => totpOf(secret, userName).toString();

/**
 * The 30-second step that a code belongs to, or null for a wrong one. The step before and the one after are taken too, since
 * clocks differ; `now` in milliseconds.
 */
export function totpStep(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}
