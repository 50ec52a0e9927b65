import { Secret as TotpSecret, TOTP } from 'otpauth';
import { Secret } from '../../../shared/secret/secret.ts';

/** RFC 6238 with the parameters that every authenticator app supports: SHA-1, 6 digits, 30 seconds. */
const period = 30;

const totpOf = (secret: Secret, label: string) =>
  new TOTP({
    issuer: 'Reset Desk',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: TotpSecret.fromBase32(secret.expose()),
  });

/** A new 160-bit secret in base32, as RFC 4226 recommends. */
export const newTotpSecret = (): Secret => new Secret(new TotpSecret({ size: 20 }).base32);

/** The otpauth URI for a QR code, which contains the secret. */
export const totpUri = (secret: Secret, userName: string): Secret =>
  new Secret(totpOf(secret, userName).toString());

/**
 * The 30-second step of a code; null if the code is wrong. The steps before and after are accepted too, since clocks differ. `now` is in
 * milliseconds.
 */
export function totpStep(secret: Secret, code: string, now: number): number | null {
  // The library throws at anything but as many ASCII characters.
  if (!/^[0-9]{6}$/.test(code)) return null;
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}
