import { hasMissingEvents, type MissingEvents } from '../../audit/verify/missing-events.ts';
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
      return `Event ${seq} was moved: the order of events was changed.`;
    case 'cut-off':
      return to > seq
        ? `The end is missing: at least events ${seq} to ${to}.`
        : `The end is missing from event ${seq} on.`;
    case 'rewritten':
      return `Events from ${seq} on were changed and rehashed; the signature at event ${to} does not match them.`;
    case 'checkpoint':
      return `The signature at event ${seq} is missing or does not match.`;
    case 'other-key':
      return `Events from ${seq} on are signed with another key, so this key cannot verify their signatures.`;
    case 'file':
      return 'The events are unbroken, but the rest of the file was changed after the export.';
  }
}

/** Describes a verdict in lines. */
export function describeVerdict(verdict: Verdict, signedBy: string | null): string[] {
  const { events, head, signedUpTo, gaps, fault } = verdict;
  const missing = gaps.map(
    ({ from, to, at }) =>
      `Missing: events ${from} to ${to}. The log was continued without them on ${new Date(at).toISOString()}.`,
  );
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
      ...missing,
      ...(head === null ? [] : [`Head: ${head.seq}:${head.hash}`]),
    ];
  }
  if (fault.kind === 'other-key') {
    return [
      `SIGNED BY ANOTHER KEY: ${describeFault(fault)}`,
      `The events themselves are unbroken up to event ${head?.seq ?? 0}. Verify with the key that belongs to this log: restore its secret.key, or pass its public key with --public-key.`,
      ...missing,
    ];
  }
  return [
    `BROKEN: ${describeFault(fault)}`,
    head === null ? 'No event before it is unbroken.' : `Unbroken up to event ${head.seq}.`,
    signature,
    ...missing,
  ];
}

/** Faults of a database that concern its audit log, in addition to those of the log itself. */
export interface DatabaseFaults {
  /** Append-only tables whose triggers are missing or were changed. */
  readonly unguarded: readonly string[];
  readonly missing: MissingEvents;
}

/** Describes the faults in lines; none if there are none. */
export function describeDatabaseFaults({ unguarded, missing }: DatabaseFaults): string[] {
  const { cases, checks, resets } = missing;
  return [
    ...(hasMissingEvents(missing)
      ? [
          `EVENTS MISSING: ${cases} cases, ${checks} outcomes of checks and ${resets} resets have no event. Their events have been removed from the log.`,
        ]
      : []),
    ...(unguarded.length > 0
      ? [
          `UNGUARDED: the triggers that keep ${unguarded.join(', ')} append-only are missing or were changed. The next start restores them and records this.`,
        ]
      : []),
  ];
}
