import { z } from 'zod';
import { typedNote } from './typed-text.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

const params = z.object({ accountId: z.string().min(1).max(200) });
const body = z.object({ reason: typedNote(limits.note).min(3) });
const answer = z.object({ at: z.iso.datetime() });

export const disableAccount = endpoint({
  id: 'disableAccount',
  method: 'POST',
  path: '/accounts/:accountId/disable',
  summary:
    'Disable an account, with a reason: its sessions and links end, and imports do not enable it again',
  right: 'accounts.disable',
  scope: { by: 'account', refusal: 'account.disabled' },
  proof: 'recent',
  bridge: 'accountStates.disable',
  params,
  body,
  answer,
  errors: ['account.not-found', 'account.own', 'account.disabled'],
});

export const enableAccount = endpoint({
  id: 'enableAccount',
  method: 'POST',
  path: '/accounts/:accountId/enable',
  summary:
    'Enable a disabled or closed account, with a reason; ended sessions and links stay ended. Not allowed to an operator who works on a case of the account',
  right: 'accounts.disable',
  scope: { by: 'account', refusal: 'account.enabled' },
  proof: 'recent',
  bridge: 'accountStates.enable',
  params,
  body,
  answer,
  errors: [
    'account.not-found',
    'account.own',
    'account.not-disabled',
    'approval.own-case',
    'approval.vouched',
  ],
});
