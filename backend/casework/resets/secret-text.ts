/** The text to a phone that carries a sealed temporary password, or the second half of a split one. */
export const secretText = ({
  secret,
  half,
  minutes,
  loginUrl,
}: {
  readonly secret: string;
  readonly half: boolean;
  readonly minutes: number;
  readonly loginUrl: string;
}): string =>
  [
    half
      ? `Second half of your temporary password, to be typed right after the first: ${secret}`
      : `Your temporary password: ${secret}`,
    `Sign in within ${minutes} minutes: ${loginUrl}`,
    'Nobody will ask you for it. If this was not you, call the help desk.',
  ].join('\n');
