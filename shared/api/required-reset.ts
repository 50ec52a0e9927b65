import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { tiers } from './tiers.ts';
import { typedNote } from './typed-text.ts';

export const requiredResetStates = ['running', 'finished', 'stopped'] as const;

/** Why an account of the audience is excluded. */
export const leftOutReasons = [
  'disabled',
  'expired',
  'not-started',
  'no-local-password',
  'out-of-scope',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** The account states that a filter can select. Accounts that cannot sign in are always excluded. */
export const filterStatuses = ['active', 'locked', 'frozen'] as const;

/** Who must choose a new password: selected accounts, a list of names, or the accounts that a filter finds. */
export const audience = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accounts'),
    accountIds: z.array(z.string().min(1).max(200)).max(limits.requiredResetList),
  }),
  z.object({
    kind: z.literal('list'),
    /** User names and email addresses, in any mixture. */
    names: z.array(z.string().max(limits.email)).max(limits.requiredResetList),
  }),
  z.object({
    kind: z.literal('filter'),
    /** Empty fields do not restrict. */
    departments: z.array(z.string().max(limits.displayName)).max(500),
    tiers: z.array(z.enum(tiers)),
    statuses: z.array(z.enum(filterStatuses)),
    /** Only passwords set before this time. */
    passwordSetBefore: z.iso.datetime().nullable(),
  }),
]);
export type Audience = z.infer<typeof audience>;

const leftOut = z.object({
  disabled: z.int(),
  expired: z.int(),
  'not-started': z.int(),
  'no-local-password': z.int(),
  'out-of-scope': z.int(),
});

export const audiencePreview = z.object({
  /** The number of accounts that would have to choose a new password. */
  accounts: z.int(),
  /** Of these, accounts that no mail reaches: the help desk has to tell them. */
  withoutEmail: z.int(),
  leftOut,
  /** Entries of the list that match no account; the first hundred are named. */
  unknown: z.object({ count: z.int(), names: z.array(z.string()) }),
  /** The audience exceeds the limit of one required reset, so the numbers are incomplete. */
  tooMany: z.boolean(),
});
export type AudiencePreview = z.infer<typeof audiencePreview>;

export const requiredResetView = z.object({
  id: z.string(),
  state: z.enum(requiredResetStates),
  reason: z.string(),
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  dueAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  stoppedBy: z.string().nullable(),
  stopReason: z.string().nullable(),
  counts: z.object({
    /** All accounts that must choose a new password. */
    accounts: z.int(),
    done: z.int(),
    /** Accounts without a new password, by the delivery of their mail. */
    told: z.int(),
    waiting: z.int(),
    'not-told': z.int(),
    desk: z.int(),
    'left-out': z.int(),
  }),
});
export type RequiredResetView = z.infer<typeof requiredResetView>;

/**
 * The progress of an account: password chosen, mail accepted, mail waiting, mail refused or in doubt, no address (the help desk
 * has to tell the user), or excluded.
 */
export const accountProgress = ['done', 'told', 'waiting', 'not-told', 'desk', 'left-out'] as const;
export type AccountProgress = (typeof accountProgress)[number];

export const requiredResetAccount = z.object({
  accountId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  department: z.string().nullable(),
  emailMasked: z.string().nullable(),
  progress: z.enum(accountProgress),
  leftOut: z.enum(leftOutReasons).nullable(),
  /** When the mail was queued, and the mail server's answer if it was refused. */
  toldAt: z.iso.datetime().nullable(),
  mailAnswer: z.string().nullable(),
  inDoubt: z.boolean(),
  reminders: z.int(),
  doneAt: z.iso.datetime().nullable(),
});
export type RequiredResetAccount = z.infer<typeof requiredResetAccount>;

const byId = z.object({ requiredResetId: z.string().min(1).max(100) });
const reason = typedNote(300).min(1);
const right = 'resets.require';

export const listRequiredResets = endpoint({
  id: 'listRequiredResets',
  method: 'GET',
  path: '/required-resets',
  summary: 'List required resets with their progress, newest first',
  right,
  scope: { by: 'nothing', because: 'it tells numbers and no account' },
  bridge: 'requiredResets.list',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ requiredResets: z.array(requiredResetView) }),
  errors: [],
});

export const getRequiredReset = endpoint({
  id: 'getRequiredReset',
  method: 'GET',
  path: '/required-resets/:requiredResetId',
  summary: 'Get one required reset with its progress',
  right,
  scope: { by: 'nothing', because: 'it tells numbers and no account' },
  bridge: 'requiredResets.get',
  params: byId,
  answer: requiredResetView,
  errors: ['required-reset.not-found'],
});

export const listRequiredResetAccounts = endpoint({
  id: 'listRequiredResetAccounts',
  method: 'GET',
  path: '/required-resets/:requiredResetId/accounts',
  summary:
    'List the accounts of a required reset by user name; `missing` selects those without a new password',
  right,
  scope: { by: 'rows' },
  bridge: 'requiredResets.accounts',
  params: byId,
  query: z.object({
    show: z.enum([...accountProgress, 'missing']),
    /** The user name of the last row of the previous page. */
    after: z.string().max(limits.userName).default(''),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  answer: z.object({ accounts: z.array(requiredResetAccount), more: z.boolean() }),
  errors: ['required-reset.not-found'],
});

export const getRequiredResetChoices = endpoint({
  id: 'getRequiredResetChoices',
  method: 'GET',
  path: '/required-reset-choices',
  summary: 'List the departments for a filter, with their numbers of accounts',
  right,
  scope: { by: 'nothing', because: 'it tells names of departments and numbers' },
  bridge: 'requiredResets.choices',
  answer: z.object({ departments: z.array(z.object({ name: z.string(), accounts: z.int() })) }),
  errors: [],
});

export const previewRequiredReset = endpoint({
  id: 'previewRequiredReset',
  method: 'POST',
  path: '/required-reset-previews',
  summary: 'Count the accounts of an audience, and those that are excluded or unknown; changes nothing',
  right,
  scope: { by: 'rows' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'requiredResets.preview',
  body: z.object({ audience }),
  largeBody: true,
  answer: audiencePreview,
  errors: [],
});

export const previewRequiredResetMail = endpoint({
  id: 'previewRequiredResetMail',
  method: 'POST',
  path: '/required-reset-mail-previews',
  summary: 'Preview the mail of a required reset, with an invented person',
  right,
  scope: { by: 'nothing', because: 'it shows and changes no account' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'requiredResets.previewMail',
  body: z.object({ reason: typedNote(300), dueAt: z.iso.datetime() }),
  answer: z.object({ subject: z.string(), text: z.string() }),
  errors: [],
});

export const startRequiredReset = endpoint({
  id: 'startRequiredReset',
  method: 'POST',
  path: '/required-resets',
  summary: 'Require new passwords from an audience; a repeated id does not start a second required reset',
  right,
  scope: { by: 'rows' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'it asks for more, not for less' },
  bridge: 'requiredResets.start',
  body: z.object({ id: z.uuid(), audience, reason, dueAt: z.iso.datetime() }),
  largeBody: true,
  answer: requiredResetView,
  errors: ['required-reset.nobody', 'required-reset.too-many', 'required-reset.due-date'],
});

export const stopRequiredReset = endpoint({
  id: 'stopRequiredReset',
  method: 'POST',
  path: '/required-resets/:requiredResetId/stop',
  summary: 'Stop a required reset: sign-ins no longer ask for a new password, and unsent mails are withdrawn',
  right,
  scope: { by: 'required-reset' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'requiredResets.stop',
  params: byId,
  body: z.object({ reason }),
  answer: requiredResetView,
  errors: ['required-reset.not-found', 'required-reset.ended'],
});

export const tellRequiredResetAgain = endpoint({
  id: 'tellRequiredResetAgain',
  method: 'POST',
  path: '/required-resets/:requiredResetId/tell-again',
  summary: 'Send the mail again to accounts whose mail was refused, bounced or is in doubt',
  right,
  scope: { by: 'required-reset' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'it repeats a mail to the same addresses' },
  bridge: 'requiredResets.tellAgain',
  params: byId,
  answer: requiredResetView,
  errors: ['required-reset.not-found', 'required-reset.ended'],
});

export const exportRequiredReset = endpoint({
  id: 'exportRequiredReset',
  method: 'GET',
  path: '/required-resets/:requiredResetId/missing',
  summary: 'Export the accounts without a new password as CSV; recorded in the log',
  right,
  scope: { by: 'rows' },
  params: byId,
  file: ['text/csv'],
  answer: z.never(),
  errors: ['required-reset.not-found'],
});
