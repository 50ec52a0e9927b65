import { randomUUID } from 'node:crypto';
import type { ProviderSettings } from '../../../shared/api/provider.ts';
import { nameFault } from '../../../shared/api/typed-text.ts';
import { identityKey } from '../../text/fold.ts';
import type { Origin } from '../../store/append-event.ts';
import { changeIfRecorded } from '../../store/change-if-recorded.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, RecordEvent, Store } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { hasConfusableName, hasSamePerson } from '../another-person.ts';
import type { Live } from '../../live/live.ts';
import { newOperator } from '../operators.ts';
import { lockOperators } from '../remaining-administrator.ts';
import { endSessions, publishEnded } from '../session-list.ts';
import { sameRoles, takeRoles } from '../take-roles.ts';
import { rolesOf } from '../tokens.ts';
import type { ProviderPerson } from './read-claims.ts';

type From = Omit<Origin, 'actor'>;

/**
 * Finds the operator for a provider's claims: by issuer and subject; else by user name or email address, once, if the settings allow it; else creates
 * one if they allow that. Roles follow the claims at each sign-in and each proof, but the last administrator stays one. Operators without a role at
 * the provider lose their roles and sessions here, and are refused with `provider.no-role`.
 */
export async function matchOperator(
  { store, live }: { readonly store: Store; readonly live: Live },
  settings: ProviderSettings,
  person: ProviderPerson,
  from: From,
  now: number,
): Promise<OperatorsTable> {
  const origin: Origin = { ...from, actor: { kind: 'system' } };
  const known = await store.db
    .selectFrom('operators')
    .selectAll()
    .where('provider_issuer', '=', person.issuer)
    .where('provider_subject', '=', person.subject)
    .where('state', '=', 'active')
    .executeTakeFirst();
  // Most sign-ins change nothing.
  if (
    known &&
    (person.roles === null || (person.roles.length > 0 && sameRoles(rolesOf(known), person.roles)))
  )
    return known;
  const matched = await changeIfRecorded(store, origin, async (tx, record) => {
    await lockOperators(tx);
    const bound = await tx
      .selectFrom('operators')
      .selectAll()
      .where('provider_issuer', '=', person.issuer)
      .where('provider_subject', '=', person.subject)
      .executeTakeFirst();
    const operator =
      bound ??
      (await recognise(tx, record, settings, person)) ??
      (await create(tx, record, settings, person, now));
    if (operator === null) throw await unknownOperator(tx, person);
    if (operator.state === 'disabled') throw new Refusal('operator.disabled');
    if (person.roles?.length === 0) {
      // Nothing depends on an operator whom the provider does not know yet.
      if (!bound) throw noRole(person);
      await takeRoles(tx, record, operator, { roles: [], by: 'provider' });
      return { ended: await endSessions(tx, record, operator.id, now) };
    }
    if (person.roles !== null) await takeRoles(tx, record, operator, { roles: person.roles, by: 'provider' });
    if (!bound) {
      await record({
        action: 'operator.provider-linked',
        facts: { operator: operator.id, issuer: person.issuer },
      });
    }
    return {
      operator: await tx
        .selectFrom('operators')
        .selectAll()
        .where('id', '=', operator.id)
        .executeTakeFirstOrThrow(),
    };
  });
  if (matched.operator !== undefined) return matched.operator;
  publishEnded(live, matched.ended);
  throw noRole(person);
}

/** The refusal. It says so if the provider sends no roles at all, because its client is then not configured to. */
const noRole = ({ missingRolesClaim, groupsLeftOut }: ProviderPerson): Refusal => {
  if (groupsLeftOut)
    return new Refusal('provider.no-role', {
      detail:
        'The provider left out the groups, because this person has too many for a token. Configure it to send only groups that are assigned to this client, or use roles of the client.',
    });
  return new Refusal(
    'provider.no-role',
    missingRolesClaim === null
      ? {}
      : {
          detail: `The provider’s answer has no claim “${missingRolesClaim}”. Add it to the tokens of this client.`,
        },
  );
};

/** The refusal. It says so if the operator of that name is linked to another account: one recreated at the provider, or one of another issuer. */
async function unknownOperator(tx: Transaction, { userName }: ProviderPerson): Promise<Refusal> {
  const linked = await tx
    .selectFrom('operators')
    .select('id')
    .where('user_name_key', '=', identityKey(userName))
    .where('provider_subject', 'is not', null)
    .executeTakeFirst();
  if (linked === undefined) return new Refusal('provider.unknown-operator');
  return new Refusal('provider.unknown-operator', {
    detail: `“${userName}” is linked to another account of the provider. An administrator can unlink it in Settings, Operators.`,
  });
}

/** Finds an operator who is not linked to the provider yet. For a linked one, only the subject counts. */
async function recognise(
  tx: Transaction,
  record: RecordEvent,
  { matchBy }: ProviderSettings,
  { issuer, subject, userName, email }: ProviderPerson,
): Promise<OperatorsTable | null> {
  const free = tx
    .selectFrom('operators')
    .selectAll()
    .where('provider_subject', 'is', null)
    .where('state', 'in', ['active', 'invited', 'disabled']);
  const found =
    matchBy === 'user-name'
      ? await free.where('user_name_key', '=', identityKey(userName)).execute()
      : matchBy === 'email' && email !== null
        ? (await free.where('email', 'is not', null).execute()).filter(
            (row) => identityKey(row.email ?? '') === identityKey(email),
          )
        : [];
  const [operator] = found;
  // An address that two operators share identifies neither.
  if (!operator || found.length > 1) return null;
  const state = operator.state === 'invited' ? 'active' : operator.state;
  await tx
    .updateTable('operators')
    .set({ provider_issuer: issuer, provider_subject: subject, state })
    .where('id', '=', operator.id)
    .execute();
  if (operator.state === 'invited')
    await record({ action: 'operator.joined', facts: { operator: operator.id } });
  return { ...operator, state };
}

const confusableDetail = (displayName: string): string =>
  `The provider’s name “${displayName}” can be confused with the name of another operator. An administrator can invite this person under a distinct name.`;

async function create(
  tx: Transaction,
  record: RecordEvent,
  settings: ProviderSettings,
  person: ProviderPerson,
  now: number,
): Promise<OperatorsTable | null> {
  const { issuer, subject, userName, displayName, email, roles } = person;
  if (!settings.create) return null;
  if (roles === null || roles.length === 0) throw noRole(person);
  const key = identityKey(userName);
  const taken = await tx
    .selectFrom('operators')
    .select('id')
    .where('user_name_key', '=', key)
    .executeTakeFirst();
  if (taken) return null;
  const operator: OperatorsTable = {
    ...newOperator,
    id: randomUUID(),
    user_name: userName,
    user_name_key: key,
    display_name: displayName,
    password_hash: '',
    roles: JSON.stringify(roles),
    email,
    state: 'active',
    provider_issuer: issuer,
    provider_subject: subject,
    created_at: now,
  };
  if (await hasSamePerson(tx, operator)) return null;
  if (nameFault(`${userName} ${displayName}`) !== null || (await hasConfusableName(tx, operator)))
    throw new Refusal('provider.unknown-operator', { detail: confusableDetail(displayName) });
  await tx.insertInto('operators').values(operator).execute();
  await record({
    action: 'operator.created-by-provider',
    facts: { operator: operator.id, userName, roles: roles.join(', ') },
  });
  return operator;
}
