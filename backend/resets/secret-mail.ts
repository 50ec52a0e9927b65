/** The mail that carries a sealed temporary password, or the second half of a split one. */
export function secretMail({
  displayName,
  secret,
  half,
  minutes,
  loginUrl,
}: {
  displayName: string;
  secret: string;
  half: boolean;
  minutes: number;
  loginUrl: string;
}): { subject: string; text: string } {
  return {
    subject: half ? 'Second half of your temporary password' : 'Your temporary password',
    text: [
      `Hello ${displayName},`,
      '',
      half
        ? 'The help desk reads you the first half of a temporary password. This is the second half; type it right after the first, without a space:'
        : 'The help desk has set a temporary password for you. Nobody there has seen it:',
      '',
      `    ${secret}`,
      '',
      `Sign in with it within ${minutes} minutes, and choose your own at once: ${loginUrl}`,
      '',
      'Nobody will ever ask you for it, by mail or by phone. If you did not ask for it, call the help desk on a number that you know.',
      '',
    ].join('\n'),
  };
}
