import type { ErrorCode } from '../errors/codes.ts';

/** The codes of every request in a case of the operator's own. */
export const ownCaseErrors = [
  'case.not-found',
  'case.not-yours',
  'case.ended',
  'case.expired',
] as const satisfies readonly ErrorCode[];

/** The codes of what an action can lack; those of an approval are with the endpoints. */
export const actionErrors = [
  ...ownCaseErrors,
  'assurance.not-enough',
  'account.no-local-password',
  'account.disabled',
  'account.expired',
  'account.not-started',
  'account.frozen',
  'account.own',
  'directory.off',
  'case.ticket-required',
  'case.reason-required',
  'reset.no-address',
  'reset.mail-unavailable',
  'approval.denied',
  'request.conflict',
] as const satisfies readonly ErrorCode[];

/** The codes of a grant that does not allow its use. */
export const grantErrors = [
  'grant.not-found',
  'grant.expired',
  'grant.spent',
  'grant.other-operator',
  'grant.other-session',
  'grant.other-action',
  'grant.other-case',
  'grant.policy-changed',
  'grant.clock-set-back',
] as const satisfies readonly ErrorCode[];
