import type { Secret } from '../../../shared/secret/secret.ts';

/** The text to a phone that carries a sealed temporary password, or the second half of a split one. */
export const secretText = ({
  secret,
  half,
  minutes,
  loginUrl,
}: {
  readonly secret: Secret;
  readonly half: boolean;
  readonly minutes: number;
  readonly loginUrl: string;
}): string =>
  [
    half
      ? `Second half of your temporary password (enter it directly after the first): ${secret.expose()}`
      : `Your temporary password: ${secret.expose()}`,
    `Sign in within ${minutes} minutes: ${loginUrl}`,
    'We will never ask for it. If this was not you, call the help desk.',
  ].join('\n');
