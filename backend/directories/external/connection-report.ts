import type { DirectoryFaultCode, DirectoryRight } from './directory-fault.ts';
import type { EffectivePolicy } from './effective-policy.ts';
import type { ExternalAccount } from './external-directory.ts';

/** A server's certificate, trusted or not, for an administrator to compare. */
export interface ServerCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** Milliseconds. */
  readonly validUntil: number;
  /** SHA-256 in hex with colons. */
  readonly fingerprint: string;
  readonly pem: string;
}

/** The steps of a connection check, in this order. Those after the first failure are `not-tried`. */
export const connectionSteps = ['connect', 'certificate', 'bind', 'read-base', 'rights'] as const;
export type ConnectionStep = (typeof connectionSteps)[number];

/** `unchecked`: nothing failed, but the directory does not report all that the step is about. */
export type StepOutcome = 'passed' | 'failed' | 'unchecked' | 'not-tried';

export interface ConnectionReport {
  /** One report for each configured or discovered server. */
  readonly servers: readonly {
    /** As `host:port`. */
    readonly server: string;
    readonly steps: readonly {
      readonly step: ConnectionStep;
      readonly outcome: StepOutcome;
      readonly fault: DirectoryFaultCode | null;
    }[];
    readonly certificate: ServerCertificate | null;
    /** The rights that the service account lacks. Empty if the directory does not report rights (see `unknownRights`). */
    readonly missingRights: readonly DirectoryRight[];
    /** Rights that the directory reports only when they are used. */
    readonly unknownRights: readonly DirectoryRight[];
    /** Units, groups, roles and policies of the settings that the directory does not have, or does not show. */
    readonly unknownNames: readonly string[];
    /** Milliseconds by which the server's clock is ahead of this one's; null if the server does not report its time. */
    readonly clockAhead: number | null;
  }[];
  /** One account within the scope, read with the settings' attributes, for a preview; null if none was read. */
  readonly sample: ExternalAccount | null;
  /** The password policy of that account. */
  readonly policy: EffectivePolicy | null;
  /** What the directory tells the time of: changed contact data, any change of an account, or neither; null if that was not examined. */
  readonly contactTimes: 'attribute' | 'entry' | 'none' | null;
}
