import type { StartFaultCode } from '../../../shared/errors/codes.ts';
import { NewerDatabase } from '../../store/database-fault.ts';
import { storageFaultOf } from '../../store/storage-fault.ts';

/** Why the backend refuses to start on its data folder. */
export class StartFault extends Error {
  readonly code: StartFaultCode;
  /** Details for the administrator: a file, a process, a key. */
  readonly detail: string;

  /** `message` says what happened and what to do. */
  constructor(code: StartFaultCode, message: string, detail: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartFault';
    this.code = code;
    this.detail = detail;
  }
}

/** A setting that keeps the backend from starting until an administrator has changed it. The message names the setting and says what to write. */
export class WrongConfiguration extends Error {}

/** What a supervisor is told by the exit code of a failed start. */
export const startExitCodes = {
  /** Another start can succeed: the database or the disk may be back. */
  tryAgain: 1,
  /** No start will succeed before an administrator has acted. EX_CONFIG of sysexits.h. */
  configuration: 78,
} as const;

/** Faults of the data folder that can end without an administrator. */
const passing: ReadonlySet<StartFaultCode> = new Set(['folder.in-use']);

/** The exit code of a backend whose start has failed. */
export function startExitCodeOf(thrown: unknown): number {
  const fault = startFaultOf(thrown);
  const isLasting =
    thrown instanceof WrongConfiguration ||
    thrown instanceof NewerDatabase ||
    fault?.code === 'storage.damaged' ||
    (fault?.code.startsWith('folder.') === true && !passing.has(fault.code));
  return isLasting ? startExitCodes.configuration : startExitCodes.tryAgain;
}

/** Explains a failed start; null if no known fault caused it. */
export function startFaultOf(thrown: unknown): StartFault | null {
  if (thrown instanceof StartFault) return thrown;
  const fault = storageFaultOf(thrown);
  if (fault === null) return null;
  const technical = thrown instanceof Error ? thrown.message : '';
  const message = technical.includes(fault.message) ? technical : `${fault.message} (${technical})`;
  return new StartFault(fault.code, message, technical, thrown);
}
