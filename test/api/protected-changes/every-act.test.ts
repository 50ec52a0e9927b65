import { describe, expect } from 'vitest';
import type { AccountSource } from '../../../shared/api/account-sources.ts';
import type { DirectoryView } from '../../../shared/api/directories.ts';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import type { MailSettings } from '../../../shared/api/mail.ts';
import { roles, type Right } from '../../../shared/api/operator.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import {
  protectedActs,
  type ProposedAnswer,
  type ProtectedAct,
  type ProtectedChange,
} from '../../../shared/api/protected-change-view.ts';
import type { ProviderSettings } from '../../../shared/api/provider.ts';
import type { TextSettings } from '../../../shared/api/text.ts';
import { rightsFor } from '../../../backend/authorization/rights.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { analyseCsv, appliedImport, importCsv } from '../../backend/import-csv.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';
import { makeLoopbackCertificate } from '../../fixtures/loopback-certificate.ts';

const it = sharedDeskTest
  .extend('subject', { scope: 'file' }, ({ operator }) => operator)
  // Joins last: from then on, an invitation waits for a second administrator.
  .extend('second', { scope: 'file' }, ({ staffedDesk, subject: _joined }) =>
    staffedDesk.hire('bea', 'Bea Second', ['administrator']),
  );

interface Act {
  /** Makes the change possible. */
  readonly prepare?: (desk: StaffedDesk, subject: Member) => Promise<unknown>;
  readonly call: (
    ann: Member,
    subject: Member,
  ) => Promise<readonly [method: string, path: string, body?: object]>;
  /** The current state of what the change is about. */
  readonly read: (ann: Member, subject: Member) => Promise<unknown>;
}

const get = async <T>({ call }: Member, path: string): Promise<T> => (await call<T>('GET', path)).body;
const rowOf = async (ann: Member, userName: string) =>
  (await get<{ operators: OperatorRow[] }>(ann, '/operators')).operators.find(
    (row) => row.userName === userName,
  );
const stable = async (ann: Member, subject: Member) => {
  const row = await rowOf(ann, subject.userName);
  return (
    row && {
      roles: row.roles,
      state: row.state,
      factor: row.secondFactorSince,
      provider: row.provider,
      directory: row.directory,
    }
  );
};
const linkTo = (issuer: string) => async (desk: StaffedDesk, subject: Member) =>
  desk.backend.changeRows((db) =>
    db
      .updateTable('operators')
      .set({ provider_issuer: issuer, provider_subject: 'a-subject' })
      .where('id', '=', subject.id)
      .execute(),
  );

const ldapSettings = {
  kind: 'ldap',
  preset: 'generic',
  servers: [{ host: '127.0.0.1', port: 9 }],
  baseDn: 'dc=example,dc=com',
  serviceAccount: 'cn=reset-desk,dc=example,dc=com',
};
/** Another endpoint would have to propose this. */
const withDirectory = (name: string) => async (desk: StaffedDesk) =>
  desk.backend.changeRows((db) =>
    db
      .insertInto('directories')
      .values({
        id: `directory-${name}`,
        kind: 'ldap',
        name,
        settings: JSON.stringify(ldapSettings),
        enabled: 1,
        created_at: 1,
        changed_at: 1,
        removed_at: null,
        cursor: null,
        first_read_at: null,
        read_at: null,
        accounts_read: 0,
        fault: null,
        fault_at: null,
        leased_by: null,
        leased_until: null,
      })
      .execute(),
  );
const withSource = (name: string) => async (desk: StaffedDesk) =>
  desk.backend.changeRows((db) =>
    db
      .insertInto('account_sources')
      .values({
        id: `source-${name}`,
        name,
        created_at: 1,
        removed_at: null,
        changed_at: null,
        held_since: null,
        allowed_until: null,
      })
      .execute(),
  );
const signInDirectoryId = '5d0c8f51-4b1e-4f6f-9d8e-0a4f6f1f2a10';
const signInOff = {
  enabled: false,
  directoryId: null,
  roles: [],
  scope: { departments: [], tiers: [], directories: [] },
};
const roleOfGroup = { group: 'cn=desk,dc=example,dc=com', role: 'operator' };
/** Operators sign in with a directory, in which the subject has their own account; `key` is the one that they are linked to. */
const linkedAccount = async (desk: StaffedDesk, subject: Member, key: string | null) => {
  const value = JSON.stringify({ ...signInOff, enabled: true, directoryId: signInDirectoryId });
  await desk.backend.changeRows(async (db) => {
    const account = await db
      .selectFrom('accounts')
      .select('id')
      .where('user_name', '=', 'm.okafor')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('accounts')
      .set({ directory_id: signInDirectoryId, source_id: 'guid-of-subject' })
      .where('id', '=', account.id)
      .execute();
    await db
      .insertInto('settings')
      .values({ name: 'directory-sign-in', value, sealed: 0, changed_at: 1 })
      .onConflict((on) => on.column('name').doUpdateSet({ value }))
      .execute();
    return db
      .updateTable('operators')
      .set({
        linked_account_id: account.id,
        directory_id: key === null ? null : signInDirectoryId,
        directory_key: key,
      })
      .where('id', '=', subject.id)
      .execute();
  });
};
const sourceNamed = async (ann: Member, name: string) =>
  (await get<{ sources: AccountSource[] }>(ann, '/account-sources')).sources.find(
    (source) => source.name === name,
  );
const directoriesOf = async (ann: Member) =>
  (await get<{ directories: DirectoryView[] }>(ann, '/directories')).directories;
const directoryNamed = async (ann: Member, name: string) =>
  (await directoriesOf(ann)).find((directory) => directory.name === name);

/** One change for each protected endpoint. */
const acts: Readonly<Record<ProtectedAct, Act>> = {
  changePolicy: {
    call: async (ann) => {
      const { version: basedOn, document } = await get<PolicyView>(ann, '/policy');
      const bars = { ...document.bars, privileged: document.bars.privileged - 1 };
      return ['PUT', '/policy', { basedOn, document: { ...document, bars } }];
    },
    read: async (ann) => (await get<PolicyView>(ann, '/policy')).document.bars,
  },
  changeMailSettings: {
    call: async (ann) => {
      const { transport, port, security, userName, from } = await get<MailSettings>(ann, '/settings/mail');
      const settings = { transport, port, security, userName, from, host: 'mail.example.com' };
      return ['PUT', '/settings/mail', { ...settings, password: 'a mail password' }];
    },
    read: (ann) => get(ann, '/settings/mail'),
  },
  changeTemplate: {
    call: async () => [
      'PUT',
      '/settings/mail/templates/operator-recovery-code',
      { basedOn: 0, words: { subject: 'A code was used', body: 'At {{time}}.\n\n{{notMe}}' } },
    ],
    read: async (ann) => JSON.stringify(await get(ann, '/settings/mail/templates')),
  },
  changeTextSettings: {
    call: async (ann) => {
      const { transport, method, headers, bodyFormat, body, accepted, country } = await get<TextSettings>(
        ann,
        '/settings/texts',
      );
      const settings = { transport, method, headers, bodyFormat, body, accepted, country };
      return ['PUT', '/settings/texts', { ...settings, url: 'https://texts.example.com/{{to}}' }];
    },
    read: (ann) => get(ann, '/settings/texts'),
  },
  changeTrust: {
    call: async () => {
      const { cert } = await makeLoopbackCertificate();
      return ['PUT', '/settings/trust', { authorities: cert, clientCertificate: '' }];
    },
    read: (ann) => get(ann, '/settings/trust'),
  },
  addDirectory: {
    call: async () => ['POST', '/directories', { name: 'Third', settings: ldapSettings, secret: 'hush' }],
    read: async (ann) => (await directoriesOf(ann)).map(({ name }) => name),
  },
  changeDirectory: {
    prepare: withDirectory('One'),
    call: async (ann) => [
      'PUT',
      `/directories/${(await directoryNamed(ann, 'One'))?.id}`,
      { name: 'One', enabled: false, settings: { ...ldapSettings, filter: '(a=b)' } },
    ],
    read: async (ann) => (await directoryNamed(ann, 'One'))?.enabled,
  },
  removeDirectory: {
    prepare: withDirectory('Two'),
    call: async (ann) => ['DELETE', `/directories/${(await directoryNamed(ann, 'Two'))?.id}`],
    read: async (ann) => (await directoryNamed(ann, 'Two'))?.name,
  },
  addSourceToken: {
    prepare: withSource('Tokens'),
    call: async () => ['POST', '/account-sources/source-Tokens/tokens', { label: 'First', days: 30 }],
    read: async (ann) => (await sourceNamed(ann, 'Tokens'))?.tokens.length,
  },
  changeSourceFeed: {
    prepare: withSource('Files'),
    call: async () => ['PUT', '/account-sources/source-Files/feed', { enabled: true, complete: true }],
    read: async (ann) => (await sourceNamed(ann, 'Files'))?.feed.enabled,
  },
  allowSourceChanges: {
    prepare: withSource('Many'),
    call: async () => ['POST', '/account-sources/source-Many/allow', { hours: 2, reason: 'A merger' }],
    read: async (ann) => (await sourceNamed(ann, 'Many'))?.allowedUntil,
  },
  changeProvider: {
    call: async (ann) => {
      const {
        secretStored: _stored,
        redirectUri: _uri,
        linkedElsewhere: _linked,
        ...settings
      } = await get<ProviderSettings & Record<'secretStored' | 'redirectUri' | 'linkedElsewhere', unknown>>(
        ann,
        '/settings/provider',
      );
      return ['PUT', '/settings/provider', { ...settings, issuer: 'https://id.example.com', secret: 'hush' }];
    },
    read: async (ann) => (await get<ProviderSettings>(ann, '/settings/provider')).issuer,
  },
  changeDirectorySignIn: {
    call: async () => ['PUT', '/settings/directory-sign-in', { ...signInOff, roles: [roleOfGroup] }],
    read: (ann) => get(ann, '/settings/directory-sign-in'),
  },
  linkOperatorToDirectory: {
    prepare: (desk, subject) => linkedAccount(desk, subject, null),
    call: async (_ann, { id }) => ['POST', `/operators/${id}/link-directory`, {}],
    read: stable,
  },
  unlinkOperatorFromDirectory: {
    prepare: (desk, subject) => linkedAccount(desk, subject, 'guid-of-subject'),
    call: async (_ann, { id }) => ['POST', `/operators/${id}/unlink-directory`, {}],
    read: stable,
  },
  unlinkOtherIssuers: {
    prepare: linkTo('https://old.example.com'),
    call: async () => ['POST', '/settings/provider/unlink-other-issuers', {}],
    read: stable,
  },
  changeSyslogStream: {
    call: async () => [
      'PUT',
      '/settings/audit-streams/syslog',
      { enabled: false, host: 'log.example.com', port: 6514, tls: true, format: 'jsonl', begin: 'now' },
    ],
    read: (ann) => get(ann, '/settings/audit-streams'),
  },
  changeWebhookStream: {
    call: async () => [
      'PUT',
      '/settings/audit-streams/webhook',
      { enabled: false, url: 'https://log.example.com/', secret: 'a secret of the webhook' },
    ],
    read: (ann) => get(ann, '/settings/audit-streams'),
  },
  inviteOperator: {
    call: async () => [
      'POST',
      '/operators',
      {
        displayName: 'Ida Invited',
        userName: 'ida',
        email: 'ida@example.com',
        roles: ['operator'],
        scope: everyAccount,
      },
    ],
    read: (ann) => rowOf(ann, 'ida'),
  },
  changeOperator: {
    call: async (_ann, { id }) => ['PATCH', `/operators/${id}`, { roles: ['operator', 'approver'] }],
    read: stable,
  },
  setOperatorState: {
    prepare: ({ ann }, { id }) => ann.call('PUT', `/operators/${id}/state`, { state: 'disabled' }),
    call: async (_ann, { id }) => ['PUT', `/operators/${id}/state`, { state: 'active' }],
    read: stable,
  },
  unlinkOperator: {
    prepare: linkTo('https://id.example.com'),
    call: async (_ann, { id }) => ['POST', `/operators/${id}/unlink-provider`, {}],
    read: stable,
  },
  resetSecondFactor: {
    call: async (_ann, { id }) => ['DELETE', `/operators/${id}/second-factor`],
    read: stable,
  },
  decideHeldRow: {
    prepare: async ({ ann }) => {
      const fields = ['id', 'userName', 'displayName', 'tier'] as const;
      await importCsv(ann, { csv: 'guid-rita,rsmith,Rita Smith,privileged', fields });
      await importCsv(ann, { csv: 'guid-ron,rsmith,Ron Smith,standard', fields });
      const { rows } = await get<{ rows: { id: string }[] }>(ann, '/held-rows');
      heldRow.id = rows[0]?.id ?? '';
    },
    call: async () => [
      'POST',
      `/held-rows/${heldRow.id}/decision`,
      { decision: 'new-person', reason: 'Ron started today' },
    ],
    read: async (ann) => (await get<{ rows: object[] }>(ann, '/held-rows')).rows,
  },
  announceKnownChange: {
    call: async () => [
      'POST',
      '/known-changes',
      { kind: 'mail-domain', from: 'old.example', to: 'new.example', days: 7, reason: 'New name' },
    ],
    read: async (ann) => (await get<{ changes: object[] }>(ann, '/known-changes')).changes,
  },
  confirmImport: {
    prepare: async ({ ann }) => {
      const fields = ['userName', 'displayName', 'email'] as const;
      const csv = (domain: string) =>
        Array.from({ length: 60 }, (_row, at) => `mass${at},Mass ${at},mass${at}@${domain}`).join('\n');
      await importCsv(ann, { csv: csv('old.example'), fields });
      const { id, massChanges } = await analyseCsv(ann, { csv: csv('new.example'), fields });
      expect(massChanges).toEqual(['contact']);
      massImport.id = id;
    },
    call: async () => ['POST', `/imports/${massImport.id}/confirm`, {}],
    read: async (ann) => {
      const { counts, applied } = await appliedImport(ann, massImport.id);
      return [counts, applied];
    },
  },
  stopRequiredReset: {
    prepare: ({ ann, backend }) =>
      ann.call('POST', '/required-resets', {
        id: requiredResetId,
        audience: {
          kind: 'filter',
          departments: [],
          tiers: ['privileged'],
          statuses: [],
          passwordSetBefore: null,
        },
        reason: 'A breach',
        dueAt: new Date(backend.clock.at + 5 * 24 * 3_600_000).toISOString(),
      }),
    call: async () => ['POST', `/required-resets/${requiredResetId}/stop`, { reason: 'No breach' }],
    read: async (ann) => (await get<{ state: string }>(ann, `/required-resets/${requiredResetId}`)).state,
  },
};
const heldRow = { id: '' };
const massImport = { id: '' };
const requiredResetId = '3b241101-e2bb-4255-8caf-4136c566a962';

const eachAct = protectedActs.map((act) => [act, acts[act]] as const);
const proposed = ({ body }: { readonly body: unknown }) => (body as ProposedAnswer).protectedChange;
const decide = async (by: Member, id: string, decision: 'approve' | 'decline') => {
  await by.prove();
  return by.call<{ change: ProtectedChange; code?: string }>('POST', `/protected-changes/${id}/decision`, {
    decision,
    reason: 'as agreed',
  });
};

describe('a protected endpoint', () => {
  const declared = Object.values<Endpoint>(endpoints);

  it('is in the table exactly if it declares itself', () => {
    const protectedIds = declared
      .filter(({ protected: rule }) => rule !== undefined && rule.by !== 'nothing')
      .map(({ id }) => id);
    expect(protectedIds.toSorted()).toEqual([...protectedActs].toSorted());
    expect(Object.keys(acts).toSorted()).toEqual([...protectedActs].toSorted());
  });

  const ofAdministrators = (right: Endpoint['right']): boolean =>
    right !== null &&
    right !== 'session' &&
    roles.every((role) => rightsFor([role], everyAccount).has(right) === (role === 'administrator'));
  const writing = declared.filter(({ method, right }) => method !== 'GET' && ofAdministrators(right));

  it.for(writing.map((endpoint) => [endpoint.id, endpoint] as const))(
    'is declared, or excluded with a reason, for every writing call of administrators: %s',
    ([, { protected: rule }]) => {
      expect(rule).toBeDefined();
      if (rule?.by === 'nothing') expect(rule.because.length).toBeGreaterThan(10);
    },
  );

  it('is looked for among all rights of administrators alone', () => {
    const rights = new Set(writing.map(({ right }) => right as Right));
    expect(rights.size).toBeGreaterThanOrEqual(7);
  });

  it.for(eachAct)(
    'takes effect only once another administrator approves it: %s',
    { timeout: 60_000 },
    async ([act, { prepare, call, read }], { staffedDesk, second, subject }) => {
      const { ann, backend } = staffedDesk;
      await ann.prove();
      await prepare?.(staffedDesk, subject);
      const before = await read(ann, subject);
      const [method, path, body] = await call(ann, subject);
      const answer = await ann.call(method, path, body);
      expect([answer.status, proposed(answer)]).toMatchObject([202, { act, state: 'waiting', own: true }]);
      expect(await read(ann, subject)).toEqual(before);
      const { id } = proposed(answer);

      expect(await decide(ann, id, 'approve')).toMatchObject({ body: { code: 'protected-change.own' } });
      expect(await read(ann, subject)).toEqual(before);

      const approved = await decide(second, id, 'approve');
      expect([approved.status, approved.body.change.state]).toEqual([200, 'approved']);
      expect(await read(ann, subject)).not.toEqual(before);
      expect((await decide(second, id, 'approve')).body.code).toBe('protected-change.settled');
      const log = (await backend.readAudit()).filter(({ facts }) => facts.includes(id));
      expect(log.map(({ action, actor_name }) => [action, actor_name])).toEqual([
        ['protected-change.proposed', 'Ann Example'],
        ['protected-change.refused', 'Ann Example'],
        ['protected-change.approved', 'Bea Second'],
      ]);
    },
  );

  it('keeps its secret only in the sealed call', async ({ staffedDesk, second }) => {
    const { ann, backend } = staffedDesk;
    await ann.prove();
    const body = { enabled: false, url: 'https://log2.example.com/', secret: 'another secret of it' };
    const { id } = proposed(await ann.call('PUT', '/settings/audit-streams/webhook', body));
    const everything = async () => JSON.stringify(await backend.readTables());
    expect(await everything()).not.toContain(body.secret);
    const rowOfChange = async () =>
      (await backend.readTables())['protected_changes']?.find((row) => row['id'] === id);
    expect((await rowOfChange())?.['sealed']).toEqual(expect.any(String));
    await decide(second, id, 'decline');
    expect((await rowOfChange())?.['sealed']).toBeNull();
  });
});
