import type { DirectoryFault } from './directory-fault.ts';
import { connectionSteps, type ConnectionReport, type ConnectionStep } from './connection-report.ts';

/** The outcomes of the steps that were tried: null for passed. */
export type StepOutcomes = ReadonlyMap<ConnectionStep, DirectoryFault | null>;

/** All steps in their order, including those that were not tried. */
export const stepsOf = (outcomes: StepOutcomes): ConnectionReport['servers'][number]['steps'] =>
  connectionSteps.map((step) => {
    const fault = outcomes.get(step);
    if (fault === undefined) return { step, outcome: 'not-tried', fault: null };
    return fault === null
      ? { step, outcome: 'passed', fault: null }
      : { step, outcome: 'failed', fault: fault.code };
  });

/** Notes the fault of the step that failed. An untrusted certificate shows that the server was reached. */
export function noteFault(
  outcomes: Map<ConnectionStep, DirectoryFault | null>,
  step: ConnectionStep,
  fault: DirectoryFault,
): void {
  const isCertificate = fault.code.startsWith('certificate-');
  if (isCertificate) outcomes.set('connect', null);
  outcomes.set(isCertificate ? 'certificate' : step, fault);
}
