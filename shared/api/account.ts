import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { directories, tiers } from './tiers.ts';
import { timelineEntry } from './timeline.ts';

export { directories, tiers } from './tiers.ts';

/** What prevents the owner from signing in; `active` when nothing does. */
export const accountStatuses = [
  'active',
  'frozen',
  'locked',
  'disabled',
  'expired',
  'not-started',
  'no-local-password',
] as const;
export const accountStatus = z.enum(accountStatuses);
export type AccountStatus = (typeof accountStatuses)[number];

/** Half-open ranges of matched characters (UTF-16 units) in the field of that name. */
const marks = z.object({
  displayName: z.array(z.tuple([z.int(), z.int()])),
  userName: z.array(z.tuple([z.int(), z.int()])),
  employeeNumber: z.array(z.tuple([z.int(), z.int()])),
});

export const accountHit = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string(),
  department: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  emailMasked: z.string().nullable(),
  tier: z.enum(tiers),
  /** The directory that keeps the account; null where the desk has only the built-in one. `name` is null for that one. */
  directory: z.object({ kind: z.enum(directories), name: z.string().nullable() }).nullable(),
  statuses: z.array(accountStatus),
  marks,
  /** The field whose value equals the whole search text, if any. */
  exact: z.enum(['user-name', 'email', 'employee-number', 'phone']).nullable(),
  /** Masked fields that matched. The page names them, since it does not have their values. */
  matchedBy: z.array(z.enum(['email', 'phone'])),
  /** The name only resembles what was typed: with a typing mistake, or because it sounds alike. Such hits come last. */
  similar: z.enum(['spelling', 'sound']).nullable(),
  /** The account is outside the operator's scope: it is listed, but cannot be opened. */
  outOfScope: z.boolean(),
});
export type AccountHit = z.infer<typeof accountHit>;

/** The directory that keeps passwords in the database itself, as a filter names it. */
export const builtInDirectory = 'built-in';

/** Narrows a search. A configured directory is named by its ID. */
export const accountFilter = z.object({
  status: accountStatus.optional(),
  tier: z.enum(tiers).optional(),
  department: z.string().min(1).max(200).optional(),
  directory: z.string().min(1).max(100).optional(),
});
export type AccountFilter = z.infer<typeof accountFilter>;

/** What a filter can be set to, besides the fixed values of status and tier. */
export const filterChoices = z.object({
  /** The departments of the first matches without a filter, the most frequent first. */
  departments: z.array(z.string()),
  directories: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
});
export type FilterChoices = z.infer<typeof filterChoices>;

export const accountView = z.object({
  id: z.string(),
  directory: z.enum(directories),
  /** The name of the configured directory; null for the built-in one. */
  directoryName: z.string().nullable(),
  userName: z.string(),
  displayName: z.string(),
  emailMasked: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  department: z.string().nullable(),
  manager: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  tier: z.enum(tiers),
  statuses: z.array(accountStatus),
  lockedSince: z.iso.datetime().nullable(),
  /** The first instant at which the owner can sign in; null if it is past or there is none. */
  startsAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  passwordSetAt: z.iso.datetime().nullable(),
  mustChangePassword: z.boolean(),
  temporaryPasswordUntil: z.iso.datetime().nullable(),
  emailChangedAt: z.iso.datetime().nullable(),
  phoneChangedAt: z.iso.datetime().nullable(),
  /** Set while the account is frozen because its owner pressed "This was not me" in a mail. */
  frozen: z.object({ at: z.iso.datetime(), by: z.string().nullable(), via: z.enum(['not-me']) }).nullable(),
});
export type AccountView = z.infer<typeof accountView>;

export const contactView = z.object({ email: z.string().nullable(), phone: z.string().nullable() });
export type ContactView = z.infer<typeof contactView>;

const byAccount = z.object({ accountId: z.string().min(1).max(200) });

export const searchAccounts = endpoint({
  id: 'searchAccounts',
  method: 'GET',
  path: '/accounts',
  summary: 'Search accounts by user name, email address, name, phone or employee number',
  right: 'accounts.search',
  scope: { by: 'rows' },
  bridge: 'accounts.search',
  practised: true,
  query: z.object({
    q: z.string().max(limits.search),
    limit: z.coerce.number().int().min(1).max(50).default(20),
    ...accountFilter.shape,
    /** Adds {@link filterChoices} to the answer. */
    choices: z.enum(['true', 'false']).optional(),
  }),
  answer: z.object({
    q: z.string(),
    hits: z.array(accountHit),
    /** More accounts match than are listed. True as well if accounts that meet the filter may be missing: without an index for it, it is applied to the first 1,000 matches. */
    more: z.boolean(),
    choices: filterChoices.optional(),
    /** The number of all accounts. */
    accounts: z.int(),
  }),
  errors: ['account.search-too-long', 'request.rate-limited'],
});

export const getAccount = endpoint({
  id: 'getAccount',
  method: 'GET',
  path: '/accounts/:accountId',
  summary: 'Get one account, read from its directory, with masked contact data',
  right: 'accounts.search',
  scope: { by: 'account' },
  bridge: 'accounts.get',
  practised: true,
  params: byAccount,
  answer: accountView,
  errors: ['account.not-found', 'directory.unavailable'],
});

export const unmaskContact = endpoint({
  id: 'unmaskContact',
  method: 'POST',
  path: '/accounts/:accountId/contact',
  summary: 'Get the unmasked contact data of an account; recorded in the audit log',
  right: 'accounts.unmask',
  scope: { by: 'account' },
  bridge: 'accounts.unmask',
  practised: true,
  params: byAccount,
  body: z.object({ caseId: z.string() }),
  answer: contactView,
  secret: true,
  errors: ['account.not-found', 'case.not-found', 'case.not-yours', 'case.ended', 'case.expired'],
});

export const getTimeline = endpoint({
  id: 'getTimeline',
  method: 'GET',
  path: '/accounts/:accountId/timeline',
  summary: 'List the events of an account, newest first',
  right: 'accounts.search',
  scope: { by: 'account' },
  bridge: 'accounts.timeline',
  practised: true,
  params: byAccount,
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ entries: z.array(timelineEntry), more: z.boolean() }),
  errors: ['account.not-found'],
});
