import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { tiers } from './tiers.ts';

export const requiredResetStates = ['running', 'finished', 'stopped'] as const;

/** Why an account of the audience is left out: nothing of it could be reset here. */
export const leftOutReasons = ['disabled', 'expired', 'no-local-password', 'out-of-scope'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** What a filter can ask of an account's state; whoever cannot sign in at all is left out anyway. */
export const filterStatuses = ['active', 'locked', 'frozen'] as const;

/** Who has to choose a new password: picked accounts, a pasted or dropped list, or whoever a filter finds. */
export const audience = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accounts'),
    accountIds: z.array(z.string().min(1).max(200)).max(limits.requiredResetList),
  }),
  z.object({
    kind: z.literal('list'),
    /** User names and e-mail addresses, mixed as they come. */
    names: z.array(z.string().max(limits.email)).max(limits.requiredResetList),
  }),
  z.object({
    kind: z.literal('filter'),
    /** Whatever is empty asks nothing. */
    departments: z.array(z.string().max(limits.displayName)).max(500),
    tiers: z.array(z.enum(tiers)),
    statuses: z.array(z.enum(filterStatuses)),
    /** Passwords set before this instant alone. */
    passwordSetBefore: z.iso.datetime().nullable(),
  }),
]);
export type Audience = z.infer<typeof audience>;

const leftOut = z.object({
  disabled: z.int(),
  expired: z.int(),
  'no-local-password': z.int(),
  'out-of-scope': z.int(),
});

export const audiencePreview = z.object({
  /** Accounts that would have to choose a new password. */
  accounts: z.int(),
  /** Of these, those that no mail reaches: the desk has to tell them. */
  withoutEmail: z.int(),
  leftOut,
  /** Entries of a list that are no account's user name or address; the first hundred by name. */
  unknown: z.object({ count: z.int(), names: z.array(z.string()) }),
  /** More than one required reset takes; the numbers are not complete then. */
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
    /** Everybody who has to choose a new password. */
    accounts: z.int(),
    done: z.int(),
    /** Those who have not yet, by what is known of their mail. */
    told: z.int(),
    waiting: z.int(),
    'not-told': z.int(),
    desk: z.int(),
    'left-out': z.int(),
  }),
});
export type RequiredResetView = z.infer<typeof requiredResetView>;

/**
 * How far an account is: chosen, told by mail, its mail still waiting, its mail refused or in doubt, to be told by the desk for want of an
 * address, or left out.
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
  /** When the mail was queued, and what the mail server said where it matters. */
  toldAt: z.iso.datetime().nullable(),
  mailAnswer: z.string().nullable(),
  inDoubt: z.boolean(),
  reminders: z.int(),
  doneAt: z.iso.datetime().nullable(),
});
export type RequiredResetAccount = z.infer<typeof requiredResetAccount>;

const byId = z.object({ requiredResetId: z.string().min(1).max(100) });
const reason = z.string().trim().min(1).max(300);
const right = 'resets.require';

export const listRequiredResets = endpoint({
  id: 'listRequiredResets',
  method: 'GET',
  path: '/required-resets',
  summary: 'Required resets with their progress, newest first',
  right,
  bridge: 'requiredResets.list',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ requiredResets: z.array(requiredResetView) }),
  errors: [],
});

export const getRequiredReset = endpoint({
  id: 'getRequiredReset',
  method: 'GET',
  path: '/required-resets/:requiredResetId',
  summary: 'One required reset with its progress',
  right,
  bridge: 'requiredResets.get',
  params: byId,
  answer: requiredResetView,
  errors: ['required-reset.not-found'],
});

export const listRequiredResetAccounts = endpoint({
  id: 'listRequiredResetAccounts',
  method: 'GET',
  path: '/required-resets/:requiredResetId/accounts',
  summary: 'Its accounts, by user name; missing are all that have not chosen a new password',
  right,
  bridge: 'requiredResets.accounts',
  params: byId,
  query: z.object({
    show: z.enum([...accountProgress, 'missing']),
    /** The user name of the last row that was seen. */
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
  summary: 'What a filter can be made of: the departments with their numbers of accounts',
  right,
  bridge: 'requiredResets.choices',
  answer: z.object({ departments: z.array(z.object({ name: z.string(), accounts: z.int() })) }),
  errors: [],
});

export const previewRequiredReset = endpoint({
  id: 'previewRequiredReset',
  method: 'POST',
  path: '/required-reset-previews',
  summary: 'How many accounts an audience has, and who is left out or unknown; nothing is changed',
  right,
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
  summary: 'The mail as its readers will get it, with an invented person',
  right,
  bridge: 'requiredResets.previewMail',
  body: z.object({ reason: z.string().trim().max(300), dueAt: z.iso.datetime() }),
  answer: z.object({ subject: z.string(), text: z.string() }),
  errors: [],
});

export const startRequiredReset = endpoint({
  id: 'startRequiredReset',
  method: 'POST',
  path: '/required-resets',
  summary: 'Require a new password of an audience; the same id again is the same required reset',
  right,
  bridge: 'requiredResets.start',
  body: z.object({ id: z.uuid(), audience, reason, dueAt: z.iso.datetime() }),
  largeBody: true,
  answer: requiredResetView,
  errors: [
    'session.reauthentication-required',
    'required-reset.nobody',
    'required-reset.too-many',
    'required-reset.due-date',
  ],
});

export const stopRequiredReset = endpoint({
  id: 'stopRequiredReset',
  method: 'POST',
  path: '/required-resets/:requiredResetId/stop',
  summary: 'Stop it: nobody is led to the change or told any more; mails that have not left are withdrawn',
  right,
  bridge: 'requiredResets.stop',
  params: byId,
  body: z.object({ reason }),
  answer: requiredResetView,
  errors: ['session.reauthentication-required', 'required-reset.not-found', 'required-reset.ended'],
});

export const tellRequiredResetAgain = endpoint({
  id: 'tellRequiredResetAgain',
  method: 'POST',
  path: '/required-resets/:requiredResetId/tell-again',
  summary: 'Tell those once more whose mail was refused, came back or is in doubt; nobody else gets a mail',
  right,
  bridge: 'requiredResets.tellAgain',
  params: byId,
  answer: requiredResetView,
  errors: ['session.reauthentication-required', 'required-reset.not-found', 'required-reset.ended'],
});

export const exportRequiredReset = endpoint({
  id: 'exportRequiredReset',
  method: 'GET',
  path: '/required-resets/:requiredResetId/missing',
  summary: 'Who has not chosen a new password yet, as CSV; recorded in the log',
  right,
  params: byId,
  file: ['text/csv'],
  answer: z.never(),
  errors: ['required-reset.not-found'],
});
