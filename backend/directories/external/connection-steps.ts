import { DirectoryFault, type DirectoryRight } from './directory-fault.ts';
import { connectionSteps, type ConnectionReport, type ConnectionStep } from './connection-report.ts';

/** The outcomes of the steps that were tried: null for passed. */
export type StepOutcomes = ReadonlyMap<ConnectionStep, DirectoryFault | null>;

type ServerReport = ConnectionReport['servers'][number];

/** What the last step found about the rights of the service account. */
interface FoundRights {
  readonly missing: readonly DirectoryRight[];
  readonly unknown: readonly DirectoryRight[];
}

/** All steps in their order, including those that were not tried, and the rights. A right that is missing is the fault of the last step. */
export function stepsOf(
  outcomes: StepOutcomes,
  { missing, unknown }: FoundRights = { missing: [], unknown: [] },
): Pick<ServerReport, 'missingRights' | 'steps' | 'unknownRights'> {
  const steps = connectionSteps.map((step): ServerReport['steps'][number] => {
    const tried = outcomes.get(step);
    const fault =
      step === 'rights' && tried === null && missing.length > 0 ? new DirectoryFault('right-missing') : tried;
    if (fault === undefined) return { step, outcome: 'not-tried', fault: null };
    if (fault !== null) return { step, outcome: 'failed', fault: fault.code };
    const isUnchecked = step === 'rights' && unknown.length > 0;
    return { step, outcome: isUnchecked ? 'unchecked' : 'passed', fault: null };
  });
  return { steps, missingRights: missing, unknownRights: unknown };
}

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
