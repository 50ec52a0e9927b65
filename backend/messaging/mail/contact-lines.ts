import type { PolicyDocument } from '../../../shared/api/policy.ts';

/** How to reach the help desk, in lines. Without contact data in the policy, the reader is told to use a number they already know, never one from a mail. */
export function contactLines({ phone, email, hours, organisation }: PolicyDocument['deskContact']): string {
  const lines = [
    phone === '' ? '' : `Help desk: ${phone}`,
    email === '' ? '' : `Email: ${email}`,
    hours === '' ? '' : hours,
  ].filter((line) => line !== '');
  const known = lines.length === 0 ? ['Call the help desk on a number you already know.'] : lines;
  return (organisation === '' ? known : [organisation, ...known]).join('\n');
}
