import { z } from 'zod';
import { emailAddress } from './email-address.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { mailState } from './mail.ts';
import { operatorScope, role } from './operator.ts';
import { typedName } from './typed-text.ts';

export const operatorStates = ['invited', 'active', 'disabled', 'removed'] as const;

/** An open session of an operator. */
export const sessionRow = z.object({
  id: z.string(),
  /** Console version and platform, or the client's own name. */
  client: z.string().nullable(),
  clientAddress: z.string().nullable(),
  openedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The session of this request. */
  current: z.boolean(),
});
export type SessionRow = z.infer<typeof sessionRow>;

/** One operator, as an administrator sees them. */
export const operatorRow = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  roles: z.array(role),
  scope: operatorScope,
  state: z.enum(operatorStates),
  /** The operator of this request. */
  self: z.boolean(),
  secondFactorSince: z.iso.datetime().nullable(),
  /** The operator signs in with the identity provider. */
  provider: z.boolean(),
  /** The operator signs in with the password of their own account in a directory. */
  directory: z.boolean(),
  lastSignInAt: z.iso.datetime().nullable(),
  lockedUntil: z.iso.datetime().nullable(),
  /** The operator's own account, if an administrator chose it; otherwise it is found by user name and email address. */
  linkedAccount: z.object({ id: z.string(), userName: z.string(), displayName: z.string() }).nullable(),
  /** The last mailed link, while it is unused; `over` once it has expired. */
  link: z
    .object({
      purpose: z.enum(['invitation', 'password']),
      sentAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
      over: z.boolean(),
      delivery: mailState,
    })
    .nullable(),
  sessions: z.int(),
});
export type OperatorRow = z.infer<typeof operatorRow>;

const roles = z.array(role).min(1).max(4);
const email = emailAddress;
const displayName = typedName(limits.displayName);
const params = z.object({ operatorId: z.string().min(1).max(100) });
const right = 'operators.manage';

export const listOperators = endpoint({
  id: 'listOperators',
  method: 'GET',
  path: '/operators',
  summary: 'List all operators, removed ones last',
  right,
  scope: { by: 'nothing', because: 'operators are no accounts' },
  bridge: 'operators.list',
  answer: z.object({
    operators: z.array(operatorRow),
    /** What a scope can be chosen from: departments that accounts have, and the directories that were not removed. */
    departments: z.array(z.string()),
    directories: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  errors: [],
});

export const inviteOperator = endpoint({
  id: 'inviteOperator',
  method: 'POST',
  path: '/operators',
  summary: 'Invite an operator with a mailed link, which works once and expires after 72 hours',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'operators.invite',
  body: z.object({
    displayName,
    userName: typedName(limits.userName),
    email,
    roles,
    scope: operatorScope,
  }),
  answer: operatorRow,
  errors: ['operator.user-name-taken', 'operator.same-person', 'operator.name-confusable'],
});

export const sendOperatorLink = endpoint({
  id: 'sendOperatorLink',
  method: 'POST',
  path: '/operators/:operatorId/link',
  summary:
    'Mail a new link: the invitation again, or a link to set a new password for an operator who has joined',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: {
    by: 'nothing',
    because: "it goes to the operator's address on file, whose change is protected",
  },
  bridge: 'operators.sendLink',
  params,
  answer: operatorRow,
  errors: [
    'operator.not-found',
    'operator.no-email',
    'operator.not-invited',
    'operator.removed',
    'operator.signs-in-with-directory',
  ],
});

export const revokeOperatorLink = endpoint({
  id: 'revokeOperatorLink',
  method: 'DELETE',
  path: '/operators/:operatorId/link',
  summary: 'Revoke the mailed link; an operator who has not joined yet is removed',
  right,
  scope: { by: 'operator' },
  protected: { by: 'nothing', because: 'it takes access away' },
  bridge: 'operators.revokeLink',
  params,
  answer: operatorRow,
  errors: ['operator.not-found', 'operator.not-invited'],
});

export const changeOperator = endpoint({
  id: 'changeOperator',
  method: 'PATCH',
  path: '/operators/:operatorId',
  summary:
    "Change an operator's name, email address, roles, scope or own account; a change of roles ends their sessions",
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'weakening' },
  bridge: 'operators.change',
  params,
  body: z.object({
    displayName: displayName.optional(),
    email: email.nullable().optional(),
    roles: roles.optional(),
    scope: operatorScope.optional(),
    linkedAccountId: z.string().max(200).nullable().optional(),
  }),
  answer: operatorRow,
  errors: [
    'operator.not-found',
    'operator.removed',
    'operator.last-administrator',
    'operator.last-local-administrator',
    'operator.signs-in-with-directory',
    'operator.own-roles',
    'operator.same-person',
    'operator.name-confusable',
    'account.not-found',
  ],
});

export const setOperatorState = endpoint({
  id: 'setOperatorState',
  method: 'PUT',
  path: '/operators/:operatorId/state',
  summary: 'Disable, enable or remove an operator; their sessions end, their history is kept',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'weakening' },
  bridge: 'operators.setState',
  params,
  body: z.object({ state: z.enum(['active', 'disabled', 'removed']) }),
  answer: operatorRow,
  errors: [
    'operator.not-found',
    'operator.removed',
    'operator.self',
    'operator.not-invited',
    'operator.last-administrator',
    'operator.last-local-administrator',
  ],
});

export const unlinkOperator = endpoint({
  id: 'unlinkOperator',
  method: 'POST',
  path: '/operators/:operatorId/unlink-provider',
  summary:
    'Unlink an operator from their account at the identity provider and end their sessions; the settings decide how they are recognised at their next sign-in',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'operators.unlinkProvider',
  params,
  answer: operatorRow,
  errors: ['operator.not-found', 'operator.removed', 'operator.not-linked'],
});

export const unlockOperator = endpoint({
  id: 'unlockOperator',
  method: 'POST',
  path: '/operators/:operatorId/unlock',
  summary: 'Unlock an operator who is locked after wrong passwords or codes',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'nothing', because: 'the operator still needs their own password and second factor' },
  bridge: 'operators.unlock',
  params,
  answer: operatorRow,
  errors: ['operator.not-found'],
});

export const resetSecondFactor = endpoint({
  id: 'resetSecondFactor',
  method: 'DELETE',
  path: '/operators/:operatorId/second-factor',
  summary: "Remove an operator's lost second factor: they enrol again at the next sign-in",
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'operators.resetSecondFactor',
  params,
  answer: operatorRow,
  errors: ['operator.not-found', 'operator.self', 'operator.no-second-factor'],
});

export const listOperatorSessions = endpoint({
  id: 'listOperatorSessions',
  method: 'GET',
  path: '/operators/:operatorId/sessions',
  summary: "List an operator's open sessions, most recently used first",
  right,
  scope: { by: 'operator' },
  bridge: 'operators.sessions',
  params,
  answer: z.object({ sessions: z.array(sessionRow) }),
  errors: ['operator.not-found'],
});

export const endOperatorSessions = endpoint({
  id: 'endOperatorSessions',
  method: 'POST',
  path: '/operators/:operatorId/sessions/end',
  summary: 'End one session of an operator, or all of them',
  right,
  scope: { by: 'operator' },
  protected: { by: 'nothing', because: 'it takes access away' },
  bridge: 'operators.endSessions',
  params,
  body: z.object({ sessionId: z.string().max(100).optional() }),
  answer: z.object({ ended: z.int() }),
  errors: ['operator.not-found', 'session.not-found'],
});
