import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { operatorScope, role } from './operator.ts';
import { inviteOperator, operatorRow } from './operators.ts';

/** A list of operators as a file: its size in bytes, and people per list. */
export const operatorListLimits = { bytes: 1024 * 1024, people: 200 } as const;

/** Why a row of a list cannot be invited. */
export const operatorListProblems = [
  'name-missing',
  'email-missing',
  'email-invalid',
  'user-name-invalid',
  'role-missing',
  'role-unknown',
  'department-unknown',
  'out-of-scope',
  'row-unreadable',
  'user-name-taken',
  'same-person',
  'name-confusable',
] as const;
export type OperatorListProblem = (typeof operatorListProblems)[number];

export const operatorListRow = z.object({
  line: z.int(),
  displayName: z.string(),
  userName: z.string(),
  email: z.string(),
  roles: z.array(role),
  /** The reader's own scope, limited to the departments of the row if it has any. */
  scope: operatorScope,
  /** Null for a row that can be invited. */
  problem: z.enum(operatorListProblems).nullable(),
  /** The value with the problem. */
  detail: z.string().nullable(),
});
export type OperatorListRow = z.infer<typeof operatorListRow>;

const right = 'operators.manage';

export const readOperatorList = endpoint({
  id: 'readOperatorList',
  method: 'POST',
  path: '/operators/list',
  summary: 'Read a CSV file or workbook of operators, and say for each row whether it can be invited',
  right,
  scope: { by: 'nothing', because: 'it concerns no account; rows beyond the scope cannot be invited' },
  protected: { by: 'nothing', because: 'it changes nothing' },
  bridge: 'operators.readList',
  largeBody: true,
  body: z.object({ file: z.base64().max(Math.ceil(operatorListLimits.bytes / 3) * 4) }),
  answer: z.object({
    rows: z.array(operatorListRow),
    /** The columns that were used, by field; null for a field without one. */
    columns: z.record(
      z.enum(['displayName', 'userName', 'email', 'roles', 'departments']),
      z.string().nullable(),
    ),
    /** Rows beyond the limit were not read. */
    isCut: z.boolean(),
  }),
  errors: ['import.not-csv', 'import.encoding'],
});

export const inviteOperators = endpoint({
  id: 'inviteOperators',
  method: 'POST',
  path: '/operators/invitations',
  summary:
    'Invite several operators, each with a mailed link. Rows that cannot be invited are left out and answered',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'operators.inviteList',
  body: z.object({ operators: z.array(inviteOperator.body).min(1).max(operatorListLimits.people) }),
  answer: z.object({
    invited: z.array(operatorRow),
    refused: z.array(z.object({ userName: z.string(), problem: z.enum(operatorListProblems) })),
  }),
  errors: ['operator.user-name-taken', 'operator.same-person', 'operator.name-confusable'],
});
