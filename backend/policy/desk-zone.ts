import type { PolicyDocument } from '../../shared/api/policy.ts';

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The desk's time zone: the policy's, or else that of the backend's computer. */
export const deskZone = ({ timeZone }: Pick<PolicyDocument['deskContact'], 'timeZone'>): string =>
  timeZone === '' ? ownZone : timeZone;
