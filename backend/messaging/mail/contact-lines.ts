import type { PolicyDocument } from '../../../shared/api/policy.ts';

/** How to reach the help desk, in lines. Without a number on file nothing is invented: a caller who is afraid must not call a number out of a mail. */
export function contactLines({ phone, email, hours }: PolicyDocument['deskContact']): string {
  const lines = [
    phone === '' ? '' : `Help desk: ${phone}`,
    email === '' ? '' : `Mail: ${email}`,
    hours === '' ? '' : hours,
  ].filter((line) => line !== '');
  return lines.length === 0 ? 'Call the help desk on a number that you know.' : lines.join('\n');
}
