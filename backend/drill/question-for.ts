import { checkKinds, checkRow, type CheckKind } from '../../shared/api/check.ts';
import type { DrillQuestion } from '../../shared/api/drill.ts';

/** The question that brings a check's answer in a drill; null for kinds that are not practised, because an invented account is not enrolled. */
export const questionFor: Readonly<Record<CheckKind, DrillQuestion | null>> = {
  'emailed-code': 'code',
  'texted-code': 'code',
  'authenticator-code': null,
  'recovery-code': null,
  'call-back': 'call-back',
  'managers-word': 'manager',
  'in-person': 'badge',
  'security-questions': null,
};

export const practisedKinds = checkKinds.filter((kind) => questionFor[kind] !== null);

/** The question that must be asked before the operator may record the check as passed; null if the check's answer comes from elsewhere. */
export const questionBeforePass = (kind: CheckKind): DrillQuestion | null =>
  checkRow(kind).factor === 'desk' ? questionFor[kind] : null;
