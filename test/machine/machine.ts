import { randomUUID } from 'node:crypto';
import type { Insertable, Updateable } from 'kysely';
import { everyAccount, type Role } from '../../shared/api/operator.ts';
import { defaultPolicy, type PolicyDocument } from '../../shared/api/policy.ts';
import { createAlerts } from '../../backend/casework/alert/alerts.ts';
import { createApprovals } from '../../backend/casework/approvals/approvals.ts';
import type { Origin } from '../../backend/store/append-event.ts';
import { createBuiltInDirectory } from '../../backend/directories/built-in/built-in-directory.ts';
import { createGrants } from '../../backend/casework/grants/mint-grant.ts';
import { createLive } from '../../backend/live/live.ts';
import type { MailComposer } from '../../backend/messaging/mail/mail-composer.ts';
import type { Mail, Mailer } from '../../backend/messaging/mail/mailer.ts';
import type { Notifications } from '../../backend/messaging/notifications/notifications.ts';
import type { OperatorSession } from '../../backend/authorization/operator-session.ts';
import { rightsFor } from '../../backend/authorization/rights.ts';
import type { PolicyInForce } from '../../backend/policy/policy-in-force.ts';
import { createPendingSecrets } from '../../backend/passwords/temporary-passwords/pending-secrets.ts';
import { createResets } from '../../backend/casework/resets/resets.ts';
import { createKeyedHash } from '../../backend/store/keyed-hash.ts';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import { createStore, type Transaction } from '../../backend/store/store.ts';
import type { Tables } from '../../backend/store/tables.ts';
import { createCheckRegistry } from '../../backend/casework/decision/check.ts';
import { createChecks } from '../../backend/casework/verification/checks.ts';
import { createCallBack } from '../../backend/casework/verification/kinds/call-back.ts';
import { createEmailedCode } from '../../backend/casework/verification/kinds/emailed-code.ts';
import { createCases } from '../../backend/casework/cases/cases.ts';
import { createCaseContextReader } from '../../backend/casework/decision/read-case-context.ts';
import { unbounded } from '../../backend/passwords/password-hashing/hashing-queue.ts';

/** A mail that was taken at once. */
const settled = { state: 'accepted', answer: null, file: null, attempts: 1, next_attempt_at: null } as const;
const nobodyTold = new Proxy(
  { preparePasswordReset: () => Promise.resolve(() => Promise.resolve()) },
  { get: (told, name) => Reflect.get(told, name) ?? (() => undefined) },
) as unknown as Notifications;
export const originOf = ({ operator }: OperatorSession): Origin => ({
  actor: { kind: 'operator', id: operator.id, name: operator.displayName },
  clientAddress: null,
  client: null,
});

/** The services of a case on a database in memory, without HTTP and mail servers between: thousands of runs a minute. */
export async function openMachine() {
  const clock = { at: Date.parse('2026-03-01T09:00:00Z') };
  const now = () => clock.at;
  const store = createStore(await openSqlite(':memory:'), now);
  // With the two checks that are played, privileged accounts would be out of reach, and so would their four eyes.
  const document: PolicyDocument = { ...defaultPolicy, bars: { ...defaultPolicy.bars, privileged: 100 } };
  const inForce = { version: 1, document };
  const policy: PolicyInForce = { current: () => Promise.resolve({ ...inForce }) };
  const keyed = createKeyedHash(new Uint8Array(32).fill(7));
  const directory = createBuiltInDirectory({ store, now });
  const live = createLive();
  const codes = new Map<string, string>();
  const mailComposer: MailComposer = {
    prepare: () =>
      Promise.resolve({ content: { subject: '', text: '', html: '' }, saveLink: () => Promise.resolve() }),
    compose: (_template, _account, _mailId, values) =>
      Promise.resolve({ subject: '', text: String(values.code ?? ''), html: '' }),
  };
  const kept = (tx: Transaction, { kind, to, subject, accountId, caseId, text }: Mail, mailId: string) => {
    codes.set(caseId ?? '', text.replaceAll(' ', ''));
    const row = { id: mailId, kind, to_address: to, subject, account_id: accountId, case_id: caseId };
    return tx
      .insertInto('mails')
      .values({ ...row, ...settled, queued_at: now(), settled_at: now() })
      .execute();
  };
  const mailer: Mailer = {
    send: async (mail, mailId = randomUUID()) => {
      await store.writeUnaudited((tx) => kept(tx, mail, mailId));
      return { mailId, state: 'accepted', answer: null };
    },
    enqueue: async (mail, mailId, tx) => {
      await (tx === undefined
        ? store.writeUnaudited((own) => kept(own, mail, mailId))
        : kept(tx, mail, mailId));
    },
    deliverNow: async (mailId) => ({ mailId, state: 'accepted', answer: null }),
    whenSettled: () => undefined,
    deliverDue: () => Promise.resolve(),
    settled: () => Promise.resolve(),
  };
  const secrets = createPendingSecrets(now);
  const alerts = createAlerts({ store, policy, live, now });
  const registry = createCheckRegistry([
    createEmailedCode({ mailer, mailComposer, keyed }),
    createCallBack(),
  ]);
  const contexts = createCaseContextReader({
    store,
    directory,
    policy,
    alerts,
    registry,
    secrets,
    keyed,
    now,
  });
  const approvals = createApprovals({
    store,
    contexts,
    policy,
    live,
    now,
  });

  const hire = async (name: string, roles: readonly Role[]): Promise<OperatorSession> => {
    const id = randomUUID();
    await store.writeUnaudited((tx) =>
      tx
        .insertInto('operators')
        .values({
          id,
          user_name: name,
          user_name_key: name,
          display_name: name,
          password_hash: '',
          roles: JSON.stringify(roles),
          failed_sign_ins: 0,
          locked_until: null,
          created_at: now(),
          last_sign_in_at: null,
          state: 'active',
          scope: JSON.stringify(everyAccount),
          email: null,
          linked_account_id: null,
          totp_secret: null,
          totp_since: null,
          totp_last_step: null,
          failed_codes: 0,
          provider_issuer: null,
          provider_subject: null,
        })
        .execute(),
    );
    const operator = {
      id,
      userName: name,
      userNameKey: name,
      displayName: name,
      roles,
      scope: everyAccount,
      emailKey: null,
      linkedAccountId: null,
    };
    return { id: randomUUID(), operator, rights: rightsFor(roles), authenticatedAt: 0, expiresAt: Infinity };
  };
  const insertAccount = async (tier: string): Promise<string> => {
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
  return {
    store,
    clock,
    inForce,
    codes,
    hire,
    insertAccount,
    changeAccount: (id: string, change: Updateable<Tables['accounts']>) =>
      store.writeUnaudited((tx) => tx.updateTable('accounts').set(change).where('id', '=', id).execute()),
    alerts,
    approvals,
    cases: createCases({ store, contexts, directory, policy, notifications: nobodyTold, live, now }),
    checks: createChecks({ store, contexts, registry, keyed, now }),
    grants: createGrants({ store, contexts, now }),
    resets: createResets({
      store,
      contexts,
      alerts,
      directory,
      mailer,
      mailComposer,
      notifications: nobodyTold,
      texts: {
        send: () => Promise.resolve({ textId: randomUUID(), state: 'accepted', answer: null }),
      },
      deliversExternally: () => Promise.resolve({ mail: true, text: true }),
      hashing: unbounded,
      secrets,
      policy,
      keyed,
      publicUrl: () => 'https://desk.example.com',
      now,
    }),
  };
}
export type Machine = Awaited<ReturnType<typeof openMachine>>;
