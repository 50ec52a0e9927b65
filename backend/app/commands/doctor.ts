import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { mailSettings } from '../../../shared/api/mail.ts';
import { unguardedTables } from '../../store/append-only.ts';
import { stateOfSchema } from '../../store/migrate.ts';
import { countMissingEvents } from '../../audit/verify/missing-events.ts';
import { connectionFault } from '../../outbound/connection-fault.ts';
import { isUnreachableAddress } from '../../network/public-address.ts';
import { keyOfDatabase } from '../configuration/database-key.ts';
import { keyFileName } from '../configuration/data-folder.ts';
import { knownVariables, readEnvironment } from '../configuration/environment.ts';
import { readLastBackup } from '../configuration/last-backup.ts';
import { StartFault } from '../configuration/start-fault.ts';
import { readTlsFiles } from '../configuration/tls-files.ts';
import { readMailEnvironment } from '../../messaging/mail/mail-environment.ts';
import { examineSources } from './examine-sources.ts';
import type { Command, Variables } from './command.ts';
import { namedFolder } from './open-for-writing.ts';
import { openForReading, type OpenForReading } from './open-for-reading.ts';

/** The result of one examination. `fault`: an administrator has to fix it. `warning`: an administrator should check it. */
interface Finding {
  readonly about: string;
  readonly state: 'good' | 'warning' | 'fault';
  /** The result and, unless it is good, what to do. */
  readonly text: string;
}

const finding =
  (about: string) =>
  (state: Finding['state'], text: string): Finding => ({ about, state, text });

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Bytes of free space below which a warning is given. */
const leastFree = 512 * 1024 * 1024;
/** Milliseconds after which a missing backup is a warning. */
const backupWithinMs = 7 * 24 * 3_600_000;
/** Milliseconds before a certificate expires in which a warning is given. */
const renewWithinMs = 14 * 24 * 3_600_000;
/** Milliseconds by which the last event may be ahead of this computer's clock. */
const clockToleranceMs = 60_000;

/** Examines the configuration, the data folder, the keys, the database, mail, directories, clock and backups of a server. Only reads. */
export const doctor: Command = {
  name: ['doctor'],
  summary:
    'Examines configuration, data folder, keys, database, mail, directories, clock and backups, and says what to correct. Changes nothing. Can be used while the backend runs.',
  options: [
    ['--data DIR', 'the data folder; default RESET_DESK_DATA'],
    ['--json', 'print the findings as JSON'],
  ],
  run: async (args, variables, { out }) => {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: { data: { type: 'string' }, json: { type: 'boolean' } },
    });
    const folder = namedFolder(values.data, variables);
    const findings = [
      examineConfiguration({ RESET_DESK_DATA: folder, ...variables }),
      ...examineFolder(folder, variables['RESET_DESK_DATABASE_URL'] !== undefined),
    ];
    try {
      const opened = await openForReading(folder, variables);
      try {
        findings.push(...(await examineDatabase(opened, variables)));
      } finally {
        await opened.db.destroy();
      }
    } catch (thrown) {
      // A damaged key or one that others can read is found before the database is opened.
      const isAboutKey = thrown instanceof StartFault && thrown.code.startsWith('folder.');
      findings.push(finding(isAboutKey ? 'Key' : 'Database')('fault', messageOf(thrown)));
    }
    const marks = { good: 'ok     ', warning: 'WARNING', fault: 'FAULT  ' };
    if (values.json === true) out(JSON.stringify({ findings }));
    else for (const { about, state, text } of findings) out(`${marks[state]} ${about}: ${text}`);
    return findings.some(({ state }) => state === 'fault') ? 1 : 0;
  },
};

function examineConfiguration(variables: Variables): Finding {
  const found = finding('Configuration');
  try {
    const { publicUrl, host, port, tls } = readEnvironment(variables);
    readMailEnvironment(variables);
    const expiresAt = tls === undefined ? Infinity : readTlsFiles(tls).expiresAt;
    const unknown = Object.keys(variables).filter(
      (name) => name.startsWith('RESET_DESK_') && !knownVariables.includes(name),
    );
    const address = publicUrl ?? `${tls ? 'https' : 'http'}://${host}:${port}`;
    const warnings = [
      ...(expiresAt < Date.now() + renewWithinMs
        ? [
            `RESET_DESK_TLS_CERT: the certificate is valid until ${new Date(expiresAt).toISOString()}. Renew it, and restart the backend.`,
          ]
        : []),
      ...(unknown.length > 0
        ? [`The backend does not know ${unknown.join(', ')}. Compare the name with the README.`]
        : []),
      ...(isUnreachableAddress(address)
        ? [
            `Links in emails lead to ${address}, which other computers cannot open. Set RESET_DESK_PUBLIC_URL.`,
          ]
        : []),
    ];
    if (warnings.length === 0) return found('good', `Links in emails lead to ${address}.`);
    return found(expiresAt < Date.now() ? 'fault' : 'warning', warnings.join(' '));
  } catch (thrown) {
    return found('fault', messageOf(thrown).replaceAll('\n', ' '));
  }
}

function examineFolder(folder: string, isPostgresql: boolean): Finding[] {
  const [data, key, backup] = [finding('Data folder'), finding('Key'), finding('Backup')];
  if (!existsSync(folder))
    return [data('fault', `${folder} does not exist. Create it, owned by the backend's user.`)];
  if (!statSync(folder).isDirectory()) return [data('fault', `${folder} is not a folder. Name a folder.`)];
  const findings: Finding[] = [];
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    const free = Math.round((bavail * bsize) / 1024 / 1024);
    findings.push(
      bavail * bsize < leastFree
        ? data('warning', `${folder} has ${free} MiB left. Free space before the drive is full.`)
        : data('good', `${folder} is writable and has ${free} MiB left.`),
    );
  } catch (thrown) {
    findings.push(data('fault', `${messageOf(thrown)}. Let the backend's user read and write the folder.`));
  }
  const keyFile = join(folder, keyFileName);
  const others = existsSync(keyFile) ? statSync(keyFile).mode & 0o077 : 0;
  if (others !== 0)
    findings.push(key('fault', `Other users can read ${keyFile}. Run chmod 600 on it, and replace the key.`));
  const lastBackup = readLastBackup(folder);
  findings.push(
    isPostgresql
      ? backup('good', 'Not examined: PostgreSQL is backed up with pg_dump, and secret.key apart from it.')
      : lastBackup === null || lastBackup < Date.now() - backupWithinMs
        ? backup('warning', 'No backup was made in the last 7 days. Run reset-desk-backend backup regularly.')
        : backup('good', `The last one was made at ${new Date(lastBackup).toISOString()}.`),
  );
  return findings;
}

/** What the doctor says of a database whose tables are not this version's, and in which it does not read further. */
const unfitSchemas = {
  older: (found: ReturnType<typeof finding>) =>
    found(
      'warning',
      'An older version wrote it. The backend upgrades it at its next start. Back it up before, and run the doctor again afterwards.',
    ),
  none: (found: ReturnType<typeof finding>) =>
    found(
      'fault',
      'It has no tables of Reset Desk. If a backend has used it before, restore its backup; otherwise start the backend, which creates them.',
    ),
} as const;

async function examineDatabase(
  { db, key: fileKey }: OpenForReading,
  variables: Variables,
): Promise<Finding[]> {
  const [database, key, log] = [finding('Database'), finding('Key'), finding('Audit log')];
  const findings: Finding[] = [];
  const isPostgresql = variables['RESET_DESK_DATABASE_URL'] !== undefined;
  if (isPostgresql) await sql`select 1`.execute(db);
  const { rows } = isPostgresql
    ? { rows: [] }
    : await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const damage = rows.find(({ quick_check: answer }) => answer !== 'ok')?.quick_check;
  findings.push(
    damage === undefined
      ? database('good', isPostgresql ? 'PostgreSQL answers.' : 'It is intact.')
      : database('fault', `It is damaged (${damage}). Restore the last backup.`),
  );
  const schema = await stateOfSchema(db);
  if (schema !== 'current') return [...findings, unfitSchemas[schema](database)];
  const known = await keyOfDatabase(db);
  if (fileKey === null)
    findings.push(key('fault', 'There is no secret.key in the data folder. Restore it from your backup.'));
  else if (known !== null && known.keyId !== fileKey.keyId)
    findings.push(
      key(
        'fault',
        `secret.key is ${fileKey.keyId}, but the database was written with ${known.keyId}. Restore the key and the database from the same backup.`,
      ),
    );
  else findings.push(key('good', `secret.key (${fileKey.keyId}) belongs to the database.`));
  const [unguarded, missing] = [await unguardedTables(db), await countMissingEvents(db)];
  findings.push(
    unguarded.length === 0 && Object.values(missing).every((count) => count === 0)
      ? log('good', 'Its tables are protected. To check every event, run reset-desk-backend audit verify.')
      : log(
          'fault',
          'The protection of its tables or some events are missing. Run reset-desk-backend audit verify.',
        ),
  );
  findings.push(await examineClock(db), await examineMail(db, variables), ...(await examineDirectories(db)));
  findings.push(...(await examineSources(db, Date.now())));
  return findings;
}

async function examineClock(db: OpenForReading['db']): Promise<Finding> {
  const found = finding('Clock');
  const last = await db
    .selectFrom('audit_events')
    .select('at')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const ahead = last === undefined ? 0 : last.at - Date.now();
  return ahead > clockToleranceMs
    ? found(
        'fault',
        `The last event is ${Math.round(ahead / 60_000)} minutes ahead of this computer's clock. Synchronise the clock before you start the backend.`,
      )
    : found('good', 'It is not behind the last event.');
}

async function examineMail(db: OpenForReading['db'], variables: Variables): Promise<Finding> {
  const found = finding('Mail');
  const row = await db.selectFrom('settings').select('value').where('name', '=', 'mail').executeTakeFirst();
  const url = URL.parse(variables['RESET_DESK_SMTP_URL'] ?? '');
  const stored = row === undefined ? null : mailSettings.parse(JSON.parse(row.value));
  const host = url?.hostname ?? (stored?.transport === 'smtp' ? stored.host : '');
  const port =
    url === null ? (stored?.port ?? 587) : Number(url.port || (url.protocol === 'smtps:' ? 465 : 587));
  if (host === '')
    return found(
      'warning',
      'No mail server is set up, so codes and links stay in the outbox. Set one up in Settings, Email.',
    );
  const fault = await connectionFault(host, port);
  return fault === null
    ? found('good', `${host}:${port} accepts connections.`)
    : found(
        'fault',
        `${host}:${port} cannot be reached (${fault}). Check the address, the firewall and the server.`,
      );
}

async function examineDirectories(db: OpenForReading['db']): Promise<Finding[]> {
  const rows = await db
    .selectFrom('directories')
    .select(['name', 'fault', 'fault_at', 'read_at'])
    .where('enabled', '=', 1)
    .where('removed_at', 'is', null)
    .execute();
  return rows.map(({ name, fault, fault_at: at, read_at: readAt }) => {
    const found = finding(`Directory ${name}`);
    if (fault !== null)
      return found(
        'fault',
        `Its last read failed (${fault}${at === null ? '' : ` at ${new Date(at).toISOString()}`}). Settings, Directories says what to do.`,
      );
    return readAt === null
      ? found('warning', 'It has not been read completely yet.')
      : found('good', `It was read at ${new Date(readAt).toISOString()}.`);
  });
}
