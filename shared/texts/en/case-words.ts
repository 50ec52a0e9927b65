/** The states and results of cases, in the console and in exports. */
export const caseStateTexts = {
  open: 'Open',
  closed: 'Closed',
  refused: 'Refused',
  expired: 'Expired',
} as const;

export const caseResultTexts = {
  none: 'No reset',
  verified: 'Verified',
  'temporary-password': 'Temporary password',
  'not-shown': 'Password set, not shown',
  'reset-link': 'Reset link',
  'taken-back': 'Revoked',
  refused: 'Refused',
  expired: 'Expired',
  unknown: 'Outcome unknown',
} as const;
