import type { z } from 'zod';
import {
  externalDirectorySettings,
  type ExternalDirectorySettings,
} from '../../../shared/api/directory-settings.ts';
import { directoryCapabilities } from '../../../shared/api/directory-capabilities.ts';
import type {
  connectionReport,
  ConnectionReportView,
  DirectoryView,
} from '../../../shared/api/directories.ts';
import type { createSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { DirectoriesTable } from '../../store/tables.ts';
import type { ConnectionReport } from '../external/connection-report.ts';
import type { ExternalCapabilities } from '../external/external-directory.ts';
import type { EffectivePolicy } from '../external/effective-policy.ts';
import { heldChangesView } from './held-changes-view.ts';
import { refusedEntriesView } from './refused-entries-view.ts';
import { directorySecretName } from './directory-registry.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const settingsOf = (row: DirectoriesTable): ExternalDirectorySettings =>
  externalDirectorySettings.parse(JSON.parse(row.settings));

function stateOf(row: DirectoriesTable, now: number): DirectoryView['reading']['state'] {
  if ((row.leased_until ?? 0) > now) return 'reading';
  if (row.fault !== null) return 'failed';
  return row.read_at === null ? 'never' : 'read';
}

const countOf = async (
  counted: Promise<{ readonly count: number | string | bigint } | undefined>,
): Promise<number> => Number((await counted)?.count ?? 0);

/** A directory as the Reset API answers it. */
export async function viewOf(
  row: DirectoriesTable,
  {
    store,
    secrets,
    now,
  }: {
    readonly store: Store;
    readonly secrets: ReturnType<typeof createSettings>;
    readonly now: () => number;
  },
): Promise<DirectoryView> {
  const accounts = store.db
    .selectFrom('accounts')
    .select((of) => of.fn.countAll().as('count'))
    .where('directory_id', '=', row.id)
    .where('closed_at', 'is', null);
  const waiting = store.db
    .selectFrom('directory_tasks')
    .select((of) => of.fn.countAll().as('count'))
    .where('directory_id', '=', row.id)
    .where('done_at', 'is', null)
    .where('due_at', '<=', now());
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled === 1,
    settings: settingsOf(row),
    secretStored: (await secrets.readSecret(directorySecretName(row.id))) !== null,
    accounts: await countOf(accounts.executeTakeFirst()),
    reading: {
      state: stateOf(row, now()),
      accountsRead: row.accounts_read,
      firstReadAt: iso(row.first_read_at),
      readAt: iso(row.read_at),
      fault: row.fault,
      faultAt: iso(row.fault_at),
    },
    held:
      row.held_since === null
        ? null
        : { since: new Date(row.held_since).toISOString(), accounts: row.held_closures ?? 0 },
    heldChanges: await heldChangesView(store, row),
    refused: await refusedEntriesView(store, row.id),
    allowedUntil: (row.allowed_until ?? 0) > now() ? iso(row.allowed_until) : null,
    waiting: await countOf(waiting.executeTakeFirst()),
  };
}

/** A policy without the account's own texts, which a password must not contain. */
const policyView = ({
  minLength,
  complexity,
  history,
  lockoutThreshold,
  characters,
  unreadable,
  unchecked,
}: EffectivePolicy): ConnectionReportView['policy'] => ({
  minLength,
  maxLength: characters.longest ?? null,
  complexity,
  history,
  lockoutThreshold,
  unreadable: [...unreadable],
  unchecked: [...unchecked],
});

/** The report of a check for the Reset API: clocks in seconds, and of the account no more than a preview shows. */
export const reportView = (
  { servers, sample, policy, contactTimes }: ConnectionReport,
  capabilities: ExternalCapabilities,
): z.infer<typeof connectionReport> => ({
  cannot: directoryCapabilities.flatMap((capability) => {
    const reason = capabilities[capability];
    return reason === true ? [] : [{ capability, reason }];
  }),
  policy: policy === null ? null : policyView(policy),
  contactTimes,
  servers: servers.map(({ certificate, clockAhead, steps, ...server }) => ({
    ...server,
    steps: [...steps],
    missingRights: [...server.missingRights],
    unknownRights: [...server.unknownRights],
    unknownNames: [...server.unknownNames],
    clockAhead: clockAhead === null ? null : Math.round(clockAhead / 1000),
    certificate:
      certificate === null
        ? null
        : { ...certificate, validUntil: new Date(certificate.validUntil).toISOString() },
  })),
  sample:
    sample === null
      ? null
      : {
          userName: sample.userName,
          displayName: sample.displayName,
          email: sample.email,
          phones: [...sample.phones],
          employeeNumber: sample.employeeNumber,
          department: sample.department,
          manager: sample.manager,
          isPrivileged: sample.isPrivileged,
          disabled: sample.disabled,
        },
});
