import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../../../backend/store/tables.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';

/** The ids in the paths of requests, by parameter. */
export type Subjects = Readonly<Record<string, string>>;

/** Inserts a row; columns without a value get null, zero or an empty text. */
async function put(db: Kysely<Tables>, table: string, values: Readonly<Record<string, unknown>>) {
  const { columns } = (await db.introspection.getTables()).find(({ name }) => name === table) ?? {
    columns: [],
  };
  const isNumber = (type: string) => /int|real|double|numeric/i.test(type);
  const row = columns
    .filter(({ name, isAutoIncrementing }) => name in values || !isAutoIncrementing)
    .map(({ name, isNullable, dataType }) => ({
      name,
      value: name in values ? values[name] : isNullable ? null : isNumber(dataType) ? 0 : '',
    }));
  await sql`insert into ${sql.table(table)} (${sql.join(row.map(({ name }) => sql.ref(name)))})
    values (${sql.join(row.map(({ value }) => value))})`.execute(db);
}

/** A case, and one of every other thing that an endpoint can name, about one account. */
export async function subjectsAbout(
  { backend }: StaffedDesk,
  worker: Member,
  target: { readonly operatorId: string },
  q: string,
): Promise<Subjects> {
  const opened = await worker.openCase(q);
  const { id: caseId, account } = opened;
  // Does not contain the account's id, so that a list that names the account can be recognised.
  const run = randomUUID();
  const named = (what: string) => `${what}-${run}`;
  const at = backend.clock.at;
  const about = { account_id: account.id, case_id: caseId, operator_id: worker.id };
  await backend.changeRows(async (db) => {
    await put(db, 'grants', { ...about, id: named('grant'), action: 'temporary-password' });
    await put(db, 'approvals', {
      ...about,
      id: named('approval'),
      needed: '[]',
      state: 'pending',
      action: 'temporary-password',
      asked_at: at,
      expires_at: at + 3_600_000,
    });
    await put(db, 'account_links', {
      id: named('link'),
      account_id: account.id,
      other_id: account.id,
      why: 'email',
      linked_at: at,
    });
    await put(db, 'account_flags', { ...about, id: named('flag'), at });
    await put(db, 'resets', {
      ...about,
      id: named('reset'),
      grant_id: named('grant'),
      idempotency_key: named('key'),
      action: 'temporary-password',
      state: 'done',
      intended_at: at,
      delivery_mode: 'spoken',
      old_password: 'dies-now',
    });
    await put(db, 'own_changes', {
      ...about,
      id: named('change'),
      kind: 'email',
      state: 'held',
      asked_at: at,
      held_at: at,
      // In the past, so that nothing unseals it.
      held_until: at,
      reset_id: named('reset'),
    });
    const message = { ...about, state: 'kept-in-outbox', file: 'missing', queued_at: at, kind: 'code' };
    await put(db, 'mails', { ...message, id: named('mail') });
    await put(db, 'text_messages', { ...message, id: named('text') });
    await put(db, 'required_resets', {
      id: named('required'),
      audience: '{}',
      state: 'running',
      started_at: at,
      due_at: at,
    });
    await put(db, 'required_reset_accounts', {
      required_reset_id: named('required'),
      account_id: account.id,
      state: 'open',
    });
  });
  return {
    accountId: account.id,
    linkId: named('link'),
    caseId,
    operatorId: target.operatorId,
    approvalId: named('approval'),
    flagId: named('flag'),
    resetId: named('reset'),
    changeId: named('change'),
    mailId: named('mail'),
    textId: named('text'),
    requiredResetId: named('required'),
  };
}

/** A scope of one department. */
export const scopeOf = (department: string): OperatorScope => ({
  departments: [department],
  tiers: [],
  directories: [],
});
