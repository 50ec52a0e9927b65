import type { CheckKind } from '../../../shared/api/check.ts';

/** The invented approver's reason for an approval. */
export const approvalReason = 'The evidence in the case is enough for me.';

/** The invented approver's reasons for a denial. */
export const denialReasons = {
  nobody: 'I hear nobody on your line. Ask me while the caller waits.',
  'another-account':
    'The name that your caller gave is not the name on this account. Look again whom they speak of.',
  'refused-today': 'Somebody was refused on this account today, and this is no better evidence. I would not.',
  'email-changed':
    'The address was changed two days ago, and nothing here says that the owner did it. I would not.',
  'not-heard':
    'I asked what you heard yourself, and it is not what stands in the case. Check them again in a new case.',
  attested: {
    'call-back': 'I have called the number on file myself. Nobody there knows of this call.',
    'in-person': 'Reception has seen nobody, and nobody was on the camera. I cannot stand behind that badge.',
  } satisfies Partial<Record<CheckKind, string>>,
  'no-belief': 'I do not see how this caller can have passed that. I would not.',
} as const;
