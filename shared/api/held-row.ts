/** Why a row of a file or feed is held for a decision. */
export const holdReasons = [
  'id-differs',
  'employee-number-differs',
  'user-name-taken',
  'employee-number-taken',
  'address-taken',
  'other-source',
  'nothing-in-common',
  'rows-contradict',
] as const;
export type HoldReason = (typeof holdReasons)[number];
