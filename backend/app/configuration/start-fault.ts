import type { StartFaultCode } from '../../../shared/errors/codes.ts';
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

/** Explains a failed start; null if no known fault caused it. */
export function startFaultOf(thrown: unknown): StartFault | null {
  if (thrown instanceof StartFault) return thrown;
  const fault = storageFaultOf(thrown);
  if (fault === null) return null;
  const technical = thrown instanceof Error ? thrown.message : '';
  const message = technical.includes(fault.message) ? technical : `${fault.message} (${technical})`;
  return new StartFault(fault.code, message, technical, thrown);
}
