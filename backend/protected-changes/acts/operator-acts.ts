import type { z } from 'zod';
import type { changeOperator, inviteOperator, setOperatorState } from '../../../shared/api/operators.ts';
import type { inviteOperators } from '../../../shared/api/operator-list.ts';
import type { stopRequiredReset } from '../../../shared/api/required-reset.ts';
import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import { isWithin } from '../../authorization/account-access.ts';
import { describeScope } from '../../operators/operator-changes.ts';
import { ownDirectoryAccount } from '../../operators/directory/link-to-directory.ts';
import { operatorsOfOtherIssuers } from '../../operators/provider/unlink.ts';
import type { ProviderSettingsStore } from '../../operators/provider/provider-settings.ts';
import { rolesOf, scopeOf } from '../../operators/tokens.ts';
import type { Store } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { changedFields, ofSettings, type Acts, type ProtectedCall } from '../description.ts';

type Body<E extends { body: z.ZodType }> = z.output<E['body']>;

const sorted = (roles: readonly string[]): string => [...new Set(roles)].toSorted().join(', ');

/** The values of an operator that an edit can change, in words. */
const valuesOf = (operator: OperatorsTable, names: ReadonlyMap<string, string>) => ({
  displayName: operator.display_name,
  email: operator.email,
  roles: sorted(rolesOf(operator)),
  scope: describeScope(scopeOf(operator), names),
  linkedAccountId: operator.linked_account_id,
});

/** Whether an edit gives the operator rights, or takes rights from an administrator. */
function judgeEdit(operator: OperatorsTable, edit: Body<typeof changeOperator>) {
  const before = rolesOf(operator);
  const after = edit.roles ?? before;
  const scope: OperatorScope = { ...everyAccount, ...(edit.scope ?? scopeOf(operator)) };
  const gainsRole = after.some((role) => !before.includes(role));
  const wasAdministrator = before.includes('administrator');
  const gainsAccounts = !isWithin(scope, scopeOf(operator));
  const losesAdministrator =
    wasAdministrator &&
    (!after.includes('administrator') || describeScope(scope) !== describeScope(scopeOf(operator)));
  const changesAccount =
    edit.linkedAccountId !== undefined && edit.linkedAccountId !== operator.linked_account_id;
  const changesEmail = edit.email !== undefined && edit.email !== operator.email;
  return {
    raisesRights: gainsRole || gainsAccounts,
    isProtected: gainsRole || gainsAccounts || losesAdministrator || changesAccount || changesEmail,
  };
}

/** The acts about operators, and about what administrators have required of users. */
export function createOperatorActs({
  store,
  provider,
}: {
  readonly store: Store;
  readonly provider: ProviderSettingsStore;
}) {
  /** The operator concerned; undefined if the handler will refuse. */
  const find = ({ params }: ProtectedCall) =>
    store.db
      .selectFrom('operators')
      .selectAll()
      .where('id', '=', (params as { operatorId: string }).operatorId)
      .where('state', '!=', 'removed')
      .executeTakeFirst();
  /** The names of configured directories by their ids, since people read the descriptions. */
  const directoryNames = async () => {
    const rows = await store.db.selectFrom('directories').select(['id', 'name']).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  };
  const about = (
    { id, display_name }: OperatorsTable,
    before: object,
    after: object,
    { raises }: { raises: boolean },
  ) => {
    const fields = changedFields(before, after);
    if (fields.length === 0) return null;
    return { subject: display_name, fields, raises: raises ? [id] : [] };
  };

  return {
    inviteOperator: async ({ body }) => {
      const { displayName, userName, email, roles, scope } = body as Body<typeof inviteOperator>;
      const described = describeScope(scope, await directoryNames());
      const after = { displayName, userName, email, roles: sorted(roles), scope: described };
      return ofSettings(changedFields({}, after), displayName);
    },
    inviteOperators: async ({ body }) => {
      const { operators } = body as Body<typeof inviteOperators>;
      const names = await directoryNames();
      const invitedOperators = operators
        .map(
          ({ displayName, userName, email, roles, scope }) =>
            `${displayName} (${userName}, ${email}): ${sorted(roles)}, ${describeScope(scope, names)}`,
        )
        .join('; ');
      return ofSettings(changedFields({}, { invitedOperators }), String(operators.length));
    },
    changeOperator: async (call) => {
      const edit = call.body as Body<typeof changeOperator>;
      const operator = await find(call);
      if (operator === undefined) return null;
      const { isProtected, raisesRights } = judgeEdit(operator, edit);
      if (!isProtected) return null;
      const { roles, scope, ...plain } = edit;
      const names = await directoryNames();
      const after = {
        ...plain,
        ...(roles !== undefined && { roles: sorted(roles) }),
        ...(scope !== undefined && { scope: describeScope(scope, names) }),
      };
      return about(operator, valuesOf(operator, names), after, { raises: raisesRights });
    },
    setOperatorState: async (call) => {
      const { state } = call.body as Body<typeof setOperatorState>;
      const operator = await find(call);
      if (operator === undefined) return null;
      const isAdministrator = rolesOf(operator).includes('administrator') && operator.state === 'active';
      // Without this, an administrator could become the only one, whose changes need no approval.
      if (state !== 'active' && !isAdministrator) return null;
      return about(operator, { state: operator.state }, { state }, { raises: state === 'active' });
    },
    unlinkOperator: async (call) => {
      const operator = await find(call);
      if (operator === undefined || operator.provider_subject === null) return null;
      return about(operator, { provider: 'linked' }, { provider: 'not linked' }, { raises: false });
    },
    linkOperatorToDirectory: async (call) => {
      const operator = await find(call);
      if (operator === undefined || operator.directory_key !== null) return null;
      const own = await ownDirectoryAccount(store.db, operator);
      if (own === null) return null;
      return about(
        operator,
        { directory: 'not linked' },
        { directory: `linked: ${own.key}` },
        { raises: false },
      );
    },
    unlinkOperatorFromDirectory: async (call) => {
      const operator = await find(call);
      if (operator === undefined || operator.directory_key === null) return null;
      return about(operator, { directory: 'linked' }, { directory: 'not linked' }, { raises: false });
    },
    unlinkOtherIssuers: async () => {
      const { issuer } = (await provider.read()).settings;
      if (issuer === '') return null;
      const linked = await operatorsOfOtherIssuers(store.db, issuer).select('display_name').execute();
      if (linked.length === 0) return null;
      const names = linked.map(({ display_name }) => display_name).toSorted();
      return ofSettings([{ name: 'operators', from: names.join(', '), to: null, secret: false }]);
    },
    resetSecondFactor: async (call) => {
      const operator = await find(call);
      if (operator === undefined || operator.totp_secret === null) return null;
      return about(operator, { secondFactor: 'set up' }, { secondFactor: 'not set up' }, { raises: false });
    },
    stopRequiredReset: async ({ params, body }) => {
      const { requiredResetId } = params as { requiredResetId: string };
      const { reason } = body as Body<typeof stopRequiredReset>;
      const running = await store.db
        .selectFrom('required_resets')
        .select(['reason', 'state'])
        .where('id', '=', requiredResetId)
        .executeTakeFirst();
      if (running?.state !== 'running') return null;
      return ofSettings(
        [{ name: 'state', from: 'running', to: `stopped: ${reason}`, secret: false }],
        running.reason,
      );
    },
  } satisfies Partial<Acts>;
}
