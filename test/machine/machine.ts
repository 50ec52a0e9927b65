import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Insertable, Updateable } from 'kysely';
import { everyAccount, type Role } from '../../shared/api/operator.ts';
import { checkKinds } from '../../shared/api/check.ts';
import { defaultPolicy, type PolicyDocument } from '../../shared/api/policy.ts';
import { createFlags } from '../../backend/casework/flags/flags.ts';
import { composeDesk } from '../../backend/app/composition/compose-desk.ts';
import { sharedForTest } from '../../backend/app/composition/open-practice-desk-for-test.ts';
import { openPracticeFoundation } from '../../backend/app/composition/open-practice-desk.ts';
import type { OperatorSession } from '../../backend/authorization/operator-session.ts';
import { rightsFor } from '../../backend/authorization/rights.ts';
import { staffRow } from '../../backend/drill/invented-staff.ts';
import type { Mail, Mailer } from '../../backend/messaging/mail/mailer.ts';
import type { Origin } from '../../backend/store/append-event.ts';
import type { KeyedHash } from '../../backend/store/keyed-hash.ts';
import type { Store, Transaction } from '../../backend/store/store.ts';
import type { Tables } from '../../backend/store/tables.ts';

export const originOf = ({ operator }: OperatorSession): Origin => ({
  actor: { kind: 'operator', id: operator.id, name: operator.displayName },
  clientAddress: null,
  client: null,
});

/** A mailer that accepts every mail at once and keeps the last code mailed for each case. */
function createCodeMailer(store: Store, now: () => number) {
  const codes = new Map<string, string>();
  const insert = async (
    tx: Transaction,
    { kind, to, subject, accountId, caseId, text }: Mail,
    id: string,
  ) => {
    const code = kind === 'code' ? /\b\d{3} ?\d{3}\b/.exec(text)?.[0] : undefined;
    if (code !== undefined) codes.set(caseId ?? '', code.replace(' ', ''));
    await tx
      .insertInto('mails')
      .values({
        id,
        kind,
        to_address: to,
        subject,
        account_id: accountId,
        case_id: caseId,
        state: 'accepted',
        queued_at: now(),
        settled_at: now(),
        answer: null,
        file: null,
        attempts: 1,
        next_attempt_at: null,
      })
      .execute();
  };
  const mailer: Mailer = {
    async send(mail, mailId = randomUUID()) {
      await store.writeUnaudited((tx) => insert(tx, mail, mailId));
      return { mailId, state: 'accepted', answer: null };
    },
    enqueue: (mail, mailId, tx) =>
      tx === undefined ? store.writeUnaudited((own) => insert(own, mail, mailId)) : insert(tx, mail, mailId),
    deliverNow: (mailId) => Promise.resolve({ mailId, state: 'accepted', answer: null }),
    whenSettled: () => undefined,
    deliverDue: () => Promise.resolve(),
    settled: () => Promise.resolve(),
  };
  return { mailer, codes };
}

/** The collaborators for inserting rows into the database. */
interface Seed {
  readonly store: Store;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}

/** Creates a "This was not me" link of an account, as if it was mailed just now. */
const newNotMeLink =
  ({ store, keyed, now }: Seed) =>
  async (accountId: string): Promise<string> => {
    const token = randomUUID();
    await store.writeUnaudited((tx) =>
      tx
        .insertInto('not_me_links')
        .values({
          id: randomUUID(),
          token_hash: keyed.hash('not-me', token),
          account_id: accountId,
          mail_id: 'none',
          created_at: now(),
          expires_at: now() + 86_400_000,
          used_at: null,
          to_former: 1,
        })
        .execute(),
    );
    return token;
  };

/** Inserts an operator into the database and returns a session of theirs. */
const hire =
  ({ store, now }: Seed) =>
  async (name: string, roles: readonly Role[], email: string | null = null): Promise<OperatorSession> => {
    const id = randomUUID();
    const row = staffRow({ id, displayName: name }, now());
    await store.writeUnaudited((tx) =>
      tx
        .insertInto('operators')
        .values({ ...row, email, user_name: name, user_name_key: name, roles: JSON.stringify(roles) })
        .execute(),
    );
    const operator = {
      id,
      userName: name,
      displayName: name,
      roles,
      scope: everyAccount,
    };
    return {
      id: randomUUID(),
      operator,
      rights: rightsFor(roles, everyAccount),
      authenticatedAt: 0,
      expiresAt: Infinity,
    };
  };
/** Inserts an account of this tier into the database. */
const insertAccount =
  ({ store, now }: Seed) =>
  async (tier: string): Promise<string> => {
    const id = randomUUID();
    const account: Insertable<Tables['accounts']> = {
      id,
      directory: 'built-in',
      user_name: id,
      user_name_key: id,
      display_name: 'Marlene Example',
      email: `${id}@example.com`,
      email_key: `${id}@example.com`,
      phone: '+49 555 0100',
      phone_digits: '495550100',
      phone_reversed: '001055594',
      employee_number: null,
      employee_number_key: null,
      department: null,
      manager: null,
      tier,
      disabled: 0,
      local_password: 1,
      locked_since: null,
      failed_sign_ins: 0,
      expires_at: null,
      email_changed_at: null,
      phone_changed_at: null,
      created_at: now(),
      updated_at: now(),
      seen_in_import: null,
    };
    await store.writeUnaudited((tx) => tx.insertInto('accounts').values(account).execute());
    return id;
  };
/** Imports one row: the account unchanged except for its tier. */
const importTier =
  (store: Store, imports: ReturnType<typeof composeDesk>['imports']) =>
  async (accountId: string, tier: string, origin: Origin) => {
    const account = await store.db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    const { user_name, display_name, email, phone, disabled } = account;
    const row = [user_name, display_name, email, phone, tier, disabled === 1 ? 'disabled' : 'active'];
    const columns = { userName: 0, displayName: 1, email: 2, phone: 3, tier: 4, status: 5 };
    const mapping = { encoding: 'utf-8', delimiter: ',', header: false, columns } as const;
    const { id } = await imports.create({ fileName: 'a.csv', bytesTotal: null, mapping }, origin);
    await imports.upload(id, Readable.from([Buffer.from(`${row.join(',')}\r\n`)]), origin);
    await imports.confirm(id, origin);
    await imports.applied();
  };

/** A desk with the usual composition, on a database in memory and without HTTP or mail servers, for thousands of runs a minute. */
export async function openMachine() {
  const clock = { at: Date.parse('2026-03-01T09:00:00Z') };
  const now = () => clock.at;
  const document: PolicyDocument = {
    ...defaultPolicy,
    // The machine plays two kinds of check. Under the default policy they never suffice for a privileged account, whose approvals could then not be tested.
    checksOff: checkKinds.filter((kind) => kind !== 'emailed-code' && kind !== 'call-back'),
    bars: { ...defaultPolicy.bars, privileged: 100 },
  };
  const inForce = { version: 1, document };
  const practice = await openPracticeFoundation(sharedForTest(now), inForce);
  const { store } = practice;
  const { mailer, codes } = createCodeMailer(store, now);
  // The runs change it between two calls.
  const policy = { ...practice.policy, current: () => Promise.resolve({ ...inForce }) };
  const desk = composeDesk({ ...practice, mailer, policy });
  const { cases, checks, grants, approvals, resets, alerts, freezes } = desk.casework;
  const flags = createFlags({ store, policy, now });
  const seed = { store, keyed: practice.keyed, now };
  return {
    store,
    clock,
    inForce,
    codes,
    hire: hire(seed),
    insertAccount: insertAccount(seed),
    changeAccount: (id: string, change: Updateable<Tables['accounts']>) =>
      store.writeUnaudited((tx) => tx.updateTable('accounts').set(change).where('id', '=', id).execute()),
    cases,
    checks,
    grants,
    approvals,
    resets,
    alerts,
    freezes,
    flags,
    freeze: async (accountId: string) =>
      freezes.freezeByOwner(await newNotMeLink(seed)(accountId), { clientAddress: null, client: null }),
    importTier: importTier(store, desk.imports),
    close: async () => {
      await desk.stop();
      await practice.close();
    },
  };
}
export type Machine = Awaited<ReturnType<typeof openMachine>>;
