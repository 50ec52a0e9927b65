import { statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { ServerStatus } from '../../../shared/api/server-status.ts';
import { hasApproverForEveryone } from '../../casework/approvals/read-approvers.ts';
import type { DeliveryChannel } from '../../../shared/api/delivery.ts';
import { isUnreachableAddress } from '../../network/public-address.ts';
import { gatewayOrigin } from '../../messaging/text-messages/text-template.ts';
import { dialectOf } from '../../store/dialect.ts';
import type { Store } from '../../store/store.ts';
import { databaseFileName } from '../configuration/data-folder.ts';
import { readLastBackup } from '../configuration/last-backup.ts';
import type { ServerFoundation } from './foundation.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Milliseconds after which a missing backup is a warning. */
const backupWithinMs = 7 * 24 * 3_600_000;

async function readDatabase({ db }: Store, dataFolder: string): Promise<ServerStatus['database']> {
  if (dialectOf(db) === 'sqlite') {
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db);
    const { size } = statSync(join(dataFolder, databaseFileName));
    return { kind: 'sqlite', version: rows[0]?.version ?? '', bytes: size };
  }
  const { rows } = await sql<{ version: string; bytes: string | number }>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes
  `.execute(db);
  return { kind: 'postgresql', version: rows[0]?.version ?? '', bytes: Number(rows[0]?.bytes ?? 0) };
}

/** Reads the state of the server for its administrators. */
export function createServerStatus({
  store,
  channels,
  health,
  mail,
  textServices,
  policy,
  publicUrl,
  version,
  mode,
  dataFolder,
  now,
}: ServerFoundation): () => Promise<ServerStatus> {
  const startedAt = now();
  const statusOf = async (
    channel: DeliveryChannel,
    server: string,
    queued: number,
  ): Promise<ServerStatus['mail']> => {
    const setUp = await channels.setUp(channel);
    const { workedAt, failing } = health.of(channel);
    return {
      setUp,
      server: setUp === 'outbox' ? null : server,
      workedAt: iso(workedAt),
      failing: failing && { since: new Date(failing.since).toISOString(), answer: failing.answer },
      queued,
    };
  };
  return async () => {
    const { settings } = await mail.settings.read();
    const texts = (await textServices.settings.read()).settings;
    const { queued } = await store.db
      .selectFrom('mail_queue')
      .select(({ fn }) => fn.countAll<number | string>().as('queued'))
      .executeTakeFirstOrThrow();
    const byMail = await statusOf('mail', `${settings.host}:${settings.port}`, Number(queued));
    const byText = await statusOf('text', gatewayOrigin(texts.url), 0);
    const database = await readDatabase(store, dataFolder);
    const lastBackup = database.kind === 'sqlite' ? readLastBackup(dataFolder) : null;
    const contact = (await policy.current()).document.deskContact;
    const leavesByMail = byMail.setUp === 'external';
    const found: Readonly<Record<ServerStatus['warnings'][number], boolean>> = {
      'address-unreachable': isUnreachableAddress(publicUrl()) && (leavesByMail || mode === 'server'),
      'mail-not-set-up': byMail.setUp === 'incomplete' || (byMail.setUp === 'outbox' && mode === 'server'),
      'mail-failing': byMail.failing !== null,
      'text-failing': byText.failing !== null,
      'no-approver': !(await hasApproverForEveryone(store.db)),
      'no-contact': contact.phone === '' && contact.email === '',
      'no-backup':
        database.kind === 'sqlite' && mode === 'server' && (lastBackup ?? 0) < now() - backupWithinMs,
    };
    return {
      version,
      mode,
      publicUrl: publicUrl(),
      startedAt: new Date(startedAt).toISOString(),
      database,
      lastBackupAt: iso(lastBackup),
      mail: byMail,
      text: byText,
      warnings: (Object.keys(found) as (keyof typeof found)[]).filter((code) => found[code]),
    };
  };
}
