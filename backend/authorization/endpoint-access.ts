import type { Endpoint, ScopedSubject } from '../../shared/api/endpoint.ts';
import type { OperatorScope, Right } from '../../shared/api/operator.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { Store } from '../store/store.ts';
import { canAccess, isUnscoped, isWithin, parseScope, type Scoped } from './account-access.ts';
import type { OperatorSession } from './operator-session.ts';

/** The parts of a validated request that access depends on. */
interface Call {
  readonly params: unknown;
  readonly body: unknown;
  readonly session: OperatorSession;
  readonly origin: Origin;
}

/** The subject that the request names, with its account; `account` is null if no account is concerned. */
interface Subject {
  readonly account: (Scoped & { readonly id: string }) | null;
  readonly caseId: string | null;
  /** The operator whose case it is. */
  readonly operatorId: string | null;
}

export interface EndpointAccess {
  /**
   * Throws unless the operator's scope allows the request, by the rule of the endpoint's declaration, and records the refusal. A subject that does
   * not exist is left to the handler.
   */
  assert(endpoint: Pick<Endpoint, 'id' | 'scope'>, call: Call): Promise<void>;
}

/** The scopes that a request gives to an operator, or to several. */
interface GivenScopes {
  readonly scope?: OperatorScope;
  readonly operators?: readonly { readonly scope: OperatorScope }[];
}

const textIn = (value: unknown, name: string): string | null => {
  const found: unknown = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof found === 'string' ? found : null;
};

/** Refusals of one operator, call and account in ten minutes that are recorded one by one. Further ones are counted. */
const recordedOneByOne = 20;

/** Reads the subject that a request names, with its account. */
function createSubjectReader(store: Store) {
  const scoped = [
    'accounts.department',
    'accounts.tier',
    'accounts.directory',
    'accounts.directory_id',
  ] as const;
  const columns = ['accounts.id', ...scoped] as const;
  const ofAccount = (id: string) =>
    store.db.selectFrom('accounts').select(columns).where('accounts.id', '=', id).executeTakeFirst();
  const ofTable = (
    table: 'approvals' | 'account_flags' | 'own_changes' | 'resets' | 'mails' | 'text_messages',
    id: string,
  ) =>
    store.db
      // Every one of these tables has the two columns; one name is used for all, since Kysely cannot call a union.
      .selectFrom(`${table as 'approvals'} as subject`)
      .leftJoin('accounts', 'accounts.id', 'subject.account_id')
      .select(columns)
      .where('subject.id', '=', id)
      .executeTakeFirst();
  const subjectOf = (
    row:
      | {
          id: string | null;
          department: string | null;
          tier: string | null;
          directory: string | null;
          directory_id: string | null;
        }
      | undefined,
    of: { readonly caseId?: string; readonly operatorId?: string } = {},
  ): Subject | null => {
    if (row === undefined) return null;
    const { id, department, tier, directory, directory_id } = row;
    const account =
      id === null || tier === null || directory === null
        ? null
        : { id, department, tier, directory, directory_id };
    return { account, caseId: of.caseId ?? null, operatorId: of.operatorId ?? null };
  };
  /** Returns an account of the required reset that is out of scope; otherwise any of its accounts. */
  const ofRequiredReset = async (id: string, { scope }: OperatorSession['operator']) => {
    const rows = await store.db
      .selectFrom('required_reset_accounts as required')
      .innerJoin('accounts', 'accounts.id', 'required.account_id')
      .select(scoped)
      .select((where) => where.fn.min('accounts.id').as('id'))
      .where('required.required_reset_id', '=', id)
      .where('required.state', '!=', 'left-out')
      .groupBy(scoped)
      .execute();
    return subjectOf(rows.find((row) => !canAccess({ scope }, row)) ?? rows[0]);
  };

  const find = async (by: ScopedSubject, { params, body, session }: Call): Promise<Subject | null> => {
    const id = (name: string) => textIn(params, name) ?? '';
    switch (by) {
      case 'account':
        return subjectOf(await ofAccount(textIn(params, 'accountId') ?? textIn(body, 'accountId') ?? ''));
      case 'case': {
        const row = await store.db
          .selectFrom('cases')
          .innerJoin('accounts', 'accounts.id', 'cases.account_id')
          .select([...columns, 'cases.operator_id', 'cases.id as caseId'])
          .where('cases.id', '=', id('caseId'))
          .executeTakeFirst();
        return row ? subjectOf(row, { caseId: row.caseId, operatorId: row.operator_id }) : null;
      }
      case 'reset':
        return subjectOf(await ofTable('resets', id('resetId')));
      case 'approval':
        return subjectOf(await ofTable('approvals', id('approvalId')));
      case 'flag':
        return subjectOf(await ofTable('account_flags', id('flagId')));
      case 'held-change':
        return subjectOf(await ofTable('own_changes', id('changeId')));
      case 'mail':
        return subjectOf(await ofTable('mails', id('mailId')));
      case 'text':
        return subjectOf(await ofTable('text_messages', id('textId')));
      case 'required-reset':
        return ofRequiredReset(id('requiredResetId'), session.operator);
    }
  };
  return { ofAccount, find };
}

/** The one place that checks a request against an operator's scope; see {@link Endpoint.scope}. */
export function createEndpointAccess({
  store,
  eventWindows,
}: {
  readonly store: Store;
  readonly eventWindows: Pick<EventWindows, 'record'>;
}): EndpointAccess {
  const { ofAccount, find } = createSubjectReader(store);

  /** Why a request about an operator is refused; null if it is not. */
  const operatorRefusal = async ({ params, body, session }: Call): Promise<Refusal | null> => {
    const { scope } = session.operator;
    if (isUnscoped(scope)) return null;
    const { scope: one, operators: several = [] } = (body ?? {}) as GivenScopes;
    const given = [one, ...several.map((operator) => operator.scope)].filter((each) => each !== undefined);
    const target = await store.db
      .selectFrom('operators')
      .select('scope')
      .where('id', '=', textIn(params, 'operatorId') ?? '')
      .executeTakeFirst();
    const linked = await ofAccount(textIn(body, 'linkedAccountId') ?? '');
    const isAllowed =
      (target === undefined || isWithin(parseScope(target.scope), scope)) &&
      given.every((each) => isWithin(each, scope)) &&
      (linked === undefined || canAccess({ scope }, linked));
    return isAllowed ? null : new Refusal('session.not-permitted');
  };

  const subjectRefusal = (
    rule: { readonly others?: Right },
    { account, operatorId }: Subject,
    { operator, rights }: OperatorSession,
  ): Refusal | null => {
    const isInScope = account === null ? isUnscoped(operator.scope) : canAccess(operator, account);
    if (!isInScope) return new Refusal('account.out-of-scope');
    const isOthers = operatorId !== null && operatorId !== operator.id;
    return rule.others !== undefined && isOthers && !rights.has(rule.others)
      ? new Refusal('case.not-yours')
      : null;
  };

  return {
    async assert({ id, scope: rule }, call) {
      const { session, origin } = call;
      let refusal: Refusal | null = null;
      let subject: Subject | null = null;
      switch (rule.by) {
        case 'nothing':
        case 'rows':
          return;
        case 'everything':
          if (!isUnscoped(session.operator.scope)) refusal = new Refusal('session.not-permitted');
          break;
        case 'operator':
          refusal = await operatorRefusal(call);
          break;
        default:
          if (isUnscoped(session.operator.scope) && rule.others === undefined) return;
          subject = await find(rule.by, call);
          refusal = subject && subjectRefusal(rule, subject, session);
      }
      if (refusal === null) return;
      const { code } = refusal;
      const action = ('refusal' in rule ? rule.refusal : undefined) ?? 'operator.not-permitted';
      const accountId = subject?.account?.id ?? null;
      await eventWindows.record({
        key: JSON.stringify(['scope', session.operator.id, id, code, accountId]),
        origin,
        first: recordedOneByOne,
        event: {
          action,
          outcome: 'refused',
          accountId,
          caseId: subject?.caseId ?? null,
          facts: action === 'operator.not-permitted' ? { call: id, code } : { code },
        },
      });
      throw refusal;
    },
  };
}
