import type { Fault, Verdict } from '../../audit/verify/verdict.ts';

const spanOf = ({ seq, to }: Fault): string =>
  to > seq ? `Events ${seq} to ${to} were` : `Event ${seq} was`;

/** Describes a fault in a sentence. */
export function describeFault(fault: Fault): string {
  const { kind, seq, to } = fault;
  switch (kind) {
    case 'altered':
    case 'removed':
    case 'inserted':
      return `${spanOf(fault)} ${kind}.`;
    case 'reordered':
      return `Event ${seq} is not where it was written: the order was changed.`;
    case 'cut-off':
      return to > seq
        ? `The end is missing: at least events ${seq} to ${to}.`
        : `The end is missing from event ${seq} on.`;
    case 'rewritten':
      return `Events from ${seq} on were changed and rehashed; the signature at event ${to} does not match them.`;
    case 'checkpoint':
      return `The signature at event ${seq} is missing or was made with another key.`;
    case 'file':
      return 'The events are unbroken, but the rest of the file was changed after the export.';
  }
}

/** Describes a verdict in lines. */
export function describeVerdict(verdict: Verdict, signedBy: string | null): string[] {
  const { events, head, signedUpTo, fault } = verdict;
  const signature =
    signedBy === null
      ? 'Signatures were not verified: there is no key file and no --public-key.'
      : signedUpTo === null
        ? `Not signed yet (key ${signedBy}).`
        : `Signed up to event ${signedUpTo} with key ${signedBy}.`;
  if (fault === null) {
    return [
      head === null ? 'Unbroken: the log is empty.' : `Unbroken: ${events} events, up to event ${head.seq}.`,
      signature,
      ...(head === null ? [] : [`Head: ${head.seq}:${head.hash}`]),
    ];
  }
  return [
    `BROKEN: ${describeFault(fault)}`,
    head === null ? 'No event before it is unbroken.' : `Unbroken up to event ${head.seq}.`,
    signature,
  ];
}
