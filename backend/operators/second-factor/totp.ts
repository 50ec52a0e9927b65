import { Secret, TOTP } from 'otpauth';

/** RFC 6238 with the parameters that every authenticator app supports: SHA-1, 6 digits, 30 seconds. */
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

/** A new 160-bit secret in base32, as RFC 4226 recommends. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The otpauth URI for a QR code. */
export const totpUri = (secret: string, userName: string): string => totpOf(secret, userName).toString();

/**
 * The 30-second step of a code; null if the code is wrong. The steps before and after are accepted too, since clocks differ. `now` is in
 * milliseconds.
 */
export function totpStep(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}
