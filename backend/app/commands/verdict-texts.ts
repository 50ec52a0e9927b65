import type { Fault, Verdict } from '../../audit/verify/verdict.ts';

const spanOf = ({ seq, to }: Fault): string =>
  to > seq ? `Events ${seq} to ${to} were` : `Event ${seq} was`;

/** What is wrong, as a sentence. */
export function faultWords(fault: Fault): string {
  const { kind, seq, to } = fault;
  switch (kind) {
    case 'altered':
    case 'removed':
    case 'inserted':
      return `${spanOf(fault)} ${kind}.`;
    case 'reordered':
      return `Event ${seq} does not stand where it was written: the order was changed.`;
    case 'cut-off':
      return to > seq
        ? `The end is missing: events ${seq} to ${to} at least.`
        : `The end is missing, from event ${seq} on.`;
    case 'rewritten':
      return `Events from ${seq} on were changed and hashed anew; the signature at event ${to} does not fit them.`;
    case 'checkpoint':
      return `The signature at event ${seq} is missing, or is not of this key.`;
    case 'file':
      return 'The events hold, but the file around them was changed after it was exported.';
  }
}

/** The whole verdict, in lines. */
export function verdictWords(verdict: Verdict, signedBy: string | null): string[] {
  const { events, head, signedUpTo, fault } = verdict;
  const signature =
    signedBy === null
      ? 'Signatures were not checked: there is no key file, and no --public-key was given.'
      : signedUpTo === null
        ? `Nothing of it is signed yet (key ${signedBy}).`
        : `Signed up to event ${signedUpTo} with key ${signedBy}.`;
  if (fault === null) {
    return [
      head === null ? 'Unbroken: the log is empty.' : `Unbroken: ${events} events, up to event ${head.seq}.`,
      signature,
      ...(head === null ? [] : [`Head: ${head.seq}:${head.hash}`]),
    ];
  }
  return [
    `BROKEN: ${faultWords(fault)}`,
    head === null ? 'No event before it is good.' : `Good up to event ${head.seq}.`,
    signature,
  ];
}
