import { z } from 'zod';
import { accountStatus } from './account.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { directories, tiers } from './tiers.ts';
import { typedNote } from './typed-text.ts';

/** Another account of the same person, in another directory. */
export const linkedAccount = z.object({
  linkId: z.string(),
  accountId: z.string(),
  directory: z.enum(directories),
  /** The name of the configured directory; null for the built-in one. */
  directoryName: z.string().nullable(),
  userName: z.string(),
  displayName: z.string(),
  tier: z.enum(tiers),
  statuses: z.array(accountStatus),
  /** What both accounts had when they were linked. */
  why: z.enum(['email', 'employee-number', 'both']),
  linkedAt: z.iso.datetime(),
  /** From when evidence of one account can count for the other: a link must be as old as the cool-down of contact data. */
  evidenceFrom: z.iso.datetime(),
  /** The account is outside the operator's scope: it is listed, but cannot be opened. */
  outOfScope: z.boolean(),
});
export type LinkedAccount = z.infer<typeof linkedAccount>;

/** An account that an administrator has unlinked, and that is not linked again by itself. */
export const unlinkedAccount = linkedAccount
  .pick({
    linkId: true,
    accountId: true,
    directory: true,
    directoryName: true,
    userName: true,
    displayName: true,
  })
  .extend({ unlinkedAt: z.iso.datetime(), reason: z.string() });
export type UnlinkedAccount = z.infer<typeof unlinkedAccount>;

export const listLinkedAccounts = endpoint({
  id: 'listLinkedAccounts',
  method: 'GET',
  path: '/accounts/:accountId/links',
  summary: 'List the accounts of other directories that belong to the same person',
  right: 'accounts.search',
  scope: { by: 'account' },
  bridge: 'accountLinks.list',
  params: z.object({ accountId: z.string().min(1).max(200) }),
  answer: z.object({
    accounts: z.array(linkedAccount),
    /** Those that were unlinked; none unless the operator may link them again. */
    unlinked: z.array(unlinkedAccount),
  }),
  errors: ['account.not-found'],
});

export const unlinkAccounts = endpoint({
  id: 'unlinkAccounts',
  method: 'POST',
  path: '/account-links/:linkId/unlink',
  summary:
    'Unlink two accounts that do not belong to one person, with a reason; they are not linked again by themselves',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: {
    by: 'nothing',
    because:
      'Operators can unlink neither accounts of their own nor those with a warning that they work on, and persons are still compared by addresses, names and numbers.',
  },
  bridge: 'accountLinks.unlink',
  params: z.object({ linkId: z.string().min(1).max(100) }),
  body: z.object({ reason: typedNote(limits.note).min(3) }),
  answer: z.object({ at: z.iso.datetime() }),
  errors: ['account.link-not-found', 'account.own', 'approval.own-case', 'approval.vouched'],
});

export const relinkAccounts = endpoint({
  id: 'relinkAccounts',
  method: 'POST',
  path: '/account-links/:linkId/link',
  summary:
    'Link two accounts again that were unlinked by mistake, with a reason; evidence counts for both only after the cool-down of contact data',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: {
    by: 'nothing',
    because:
      'Operators cannot link accounts of their own, the accounts must share an address or employee number, and evidence counts for both only after the cool-down.',
  },
  bridge: 'accountLinks.relink',
  params: z.object({ linkId: z.string().min(1).max(100) }),
  body: z.object({ reason: typedNote(limits.note).min(3) }),
  answer: z.object({ at: z.iso.datetime() }),
  errors: ['account.link-not-found', 'account.link-unfounded', 'account.own'],
});
