import { expect } from 'vitest';
import type { MailSettings } from '../../../shared/api/mail.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { type ProtectedAct } from '../../../shared/api/protected-change-view.ts';
import type { ProviderSettings } from '../../../shared/api/provider.ts';
import type { TextSettings } from '../../../shared/api/text.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { analyseCsv, appliedImport, importCsv } from '../../backend/import-csv.ts';
import { makeLoopbackCertificate } from '../../fixtures/loopback-certificate.ts';

import {
  get,
  rowOf,
  stable,
  linkTo,
  ldapSettings,
  withDirectory,
  withSource,
  signInOff,
  roleOfGroup,
  linkedAccount,
  sourceNamed,
  directoriesOf,
  directoryNamed,
  heldRow,
  massImport,
  requiredResetId,
} from './act-preparations.ts';

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

/** One change for each protected endpoint. */
export const acts: Readonly<Record<ProtectedAct, Act>> = {
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
  allowClosures: {
    prepare: withDirectory('Closing'),
    call: async (ann) => [
      'POST',
      `/directories/${(await directoryNamed(ann, 'Closing'))?.id}/allow`,
      { hours: 2, reason: 'A merger' },
    ],
    read: async (ann) => (await directoryNamed(ann, 'Closing'))?.allowedUntil,
  },
  allowDirectoryChanges: {
    prepare: withDirectory('Changing'),
    call: async (ann) => [
      'POST',
      `/directories/${(await directoryNamed(ann, 'Changing'))?.id}/allow-changes`,
      { until: '2026-11-30T10:00:00.000Z', reason: 'A new prefix' },
    ],
    read: async (ann) => {
      const { body } = await ann.call<{ events: unknown[] }>(
        'GET',
        '/audit/events?action=directory.changes-allowed',
      );
      return body.events.length;
    },
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
  inviteOperators: {
    call: async () => [
      'POST',
      '/operators/invitations',
      {
        operators: [
          {
            displayName: 'Lia Listed',
            userName: 'lia',
            email: 'lia@example.com',
            roles: ['approver'],
            scope: everyAccount,
          },
        ],
      },
    ],
    read: (ann) => rowOf(ann, 'lia'),
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
