import type { CheckKind } from '../../../shared/api/check.ts';

/** The invented approver's reason for an approval. */
export const approvalReason = 'The evidence in the case is enough for me.';

/** The invented approver's reasons for a denial. */
export const denialReasons = {
  'no-caller': 'There is no caller on your line. Ask me while the caller is waiting.',
  'another-account':
    'The name that your caller gave is not the name on this account. Check whether it is the right account.',
  'refused-today':
    'A caller was refused on this account today, and this evidence is no better. I would not approve it.',
  'email-changed':
    'The address was changed two days ago, and nothing here shows that the owner did it. I would not approve it.',
  'not-heard':
    'I asked what you heard yourself, and it does not match the case. Verify the caller again in a new case.',
  /** Reasons against a check that only the operator attested; the first matching one is used. */
  attested: {
    'in-person': 'Reception has seen no visitor, and the camera shows none. I cannot vouch for that badge.',
    'call-back': 'I called the number on file myself. The person there knows nothing about this call.',
  } satisfies Partial<Record<CheckKind, string>>,
  'no-belief': 'I do not see how this caller could have passed that check. I would not approve it.',
} as const;
