import type { Role } from '../../../shared/api/operator.ts';

/** The subject of a request, as far as the operator's scope matters. */
export type About = 'account' | 'operator' | 'everything' | 'nothing';

export interface Expected {
  /** The allowed callers: these roles, any operator, or a client without a session. */
  readonly who: readonly Role[] | 'operators' | 'strangers';
  readonly about: About;
}

const desk = ['operator', 'approver'] as const;
const approver = ['approver'] as const;
const auditor = ['auditor'] as const;
const administrator = ['administrator'] as const;
const all = ['operator', 'approver', 'auditor', 'administrator'] as const;

/** The first matching row decides. Derived from the purpose of the roles, not from the endpoints' declarations. */
const rules: readonly (readonly [method: string, path: RegExp, who: Expected['who'], about: About])[] = [
  ['*', /^\/about$|^\/setup$|^\/live\/locked$/, 'strangers', 'nothing'],
  ['POST', /^\/session(\/.*)?$/, 'strangers', 'nothing'],
  ['*', /^\/session$|^\/me(\/.*)?$|^\/live$|^\/password-checks$/, 'operators', 'nothing'],
  ['GET', /^\/alert$/, 'operators', 'nothing'],
  ['DELETE', /^\/alert$/, approver, 'everything'],
  ['POST', /^\/alert/, approver, 'nothing'],
  ['POST', /^\/accounts\/:accountId\/contact$/, desk, 'account'],
  ['POST', /^\/accounts\/:accountId\/lift-freeze$/, approver, 'account'],
  ['POST', /^\/accounts\/:accountId\/(disable|enable)$/, ['approver', 'administrator'], 'account'],
  ['GET', /^\/accounts$/, all, 'nothing'],
  ['GET', /^\/accounts\//, all, 'account'],
  ['GET', /^\/cases\/:caseId\/evidence-pack$/, 'operators', 'account'],
  ['GET', /^\/cases(\/export)?$/, desk, 'nothing'],
  ['*', /^\/cases/, desk, 'account'],
  ['*', /^\/resets\//, desk, 'account'],
  ['*', /^\/desk$|^\/drills/, desk, 'nothing'],
  ['GET', /^\/(approvals|flags|frozen-accounts|held-changes)$/, approver, 'nothing'],
  ['*', /^\/(approvals|flags|held-changes)\//, approver, 'account'],
  ['*', /^\/audit\//, auditor, 'nothing'],
  ['GET', /^\/policy/, ['auditor', 'administrator'], 'nothing'],
  ['*', /^\/policy/, administrator, 'everything'],
  [
    '*',
    /^\/(settings|imports|held-rows|known-changes|directories|account-sources|account-links)(\/|$)/,
    administrator,
    'everything',
  ],
  ['GET', /^\/outbox(\/texts)?$/, administrator, 'nothing'],
  ['GET', /^\/outbox\//, administrator, 'account'],
  ['GET', /^\/operators$/, administrator, 'nothing'],
  ['POST', /^\/operators\/list$/, administrator, 'nothing'],
  ['*', /^\/operators/, administrator, 'operator'],
  ['POST', /^\/required-resets\/:requiredResetId\/(stop|tell-again)$/, administrator, 'account'],
  ['*', /^\/required-/, administrator, 'nothing'],
  ['POST', /^\/protected-changes\//, administrator, 'everything'],
  ['*', /^\/protected-changes/, administrator, 'nothing'],
];

/** The allowed callers of an endpoint, and the subject of its request; throws for an endpoint without a row. */
export function expectedOf(method: string, path: string): Expected {
  const row = rules.find(([verb, pattern]) => (verb === '*' || verb === method) && pattern.test(path));
  if (row === undefined) throw new Error(`The oracle has no row for ${method} ${path}`);
  return { who: row[2], about: row[3] };
}
