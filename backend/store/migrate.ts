import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { compareByBytes } from './compare-by-bytes.ts';
import { NewerDatabase } from './database-fault.ts';
import { dialectOf } from './dialect.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { postgresqlSearchAndGuards } from './migrations/0002-postgresql-search-and-guards.ts';
import { sqliteSearchAndGuards } from './migrations/0002-sqlite-search-and-guards.ts';
import { enrolmentAndTexts } from './migrations/0003-enrolment-and-texts.ts';
import { mail } from './migrations/0006-mail.ts';
import { fourEyes } from './migrations/0004-four-eyes.ts';
import { selfService } from './migrations/0008-self-service.ts';
import { deliveryAndFate } from './migrations/0009-delivery-and-fate.ts';
import { operatorAdministration } from './migrations/0005-operators.ts';
import { drills } from './migrations/0010-drills.ts';
import { auditCheckpoints } from './migrations/0007-audit-checkpoints.ts';
import { requiredResets } from './migrations/0011-required-resets.ts';
import { tierOfAReset } from './migrations/0012-tier-of-a-reset.ts';
import { ownChanges } from './migrations/0013-own-changes.ts';
import { sceneOfADrill } from './migrations/0014-scene-of-a-drill.ts';
import { reportLinks } from './migrations/0015-report-links.ts';
import { lockedSessions } from './migrations/0016-locked-sessions.ts';
import { askedManagers } from './migrations/0017-asked-managers.ts';
import { whatLinksAndSessionsRestOn } from './migrations/0018-what-links-and-sessions-rest-on.ts';
import { oneTrust } from './migrations/0019-one-trust.ts';
import { indexesOfTheLog } from './migrations/0021-indexes-of-the-log.ts';
import { unsettledResets } from './migrations/0020-unsettled-resets.ts';
import { lockoutBySource } from './migrations/0022-lockout-by-source.ts';
import { accountChanges } from './migrations/0023-account-changes.ts';
import { importMappings } from './migrations/0025-import-mappings.ts';
import { normalForms } from './migrations/0024-normal-forms.ts';
import { operatorLinksFetched } from './migrations/0031-operator-links-fetched.ts';
import { providerSessions } from './migrations/0029-provider-sessions.ts';
import { requestsOnFile } from './migrations/0026-requests-on-file.ts';
import { protectedChanges } from './migrations/0027-protected-changes.ts';
import { namesAsHeard } from './migrations/0028-names-as-heard.ts';
import { identity } from './migrations/0030-identity.ts';
import { notedManagers } from './migrations/0032-noted-managers.ts';
import { directories } from './migrations/0040-directories.ts';
import { accountSources } from './migrations/0041-account-sources.ts';
import { fileFeeds } from './migrations/0042-file-feeds.ts';
import { listsOfTheDesk } from './migrations/0050-lists-of-the-desk.ts';
import { userNamesPerDirectory } from './migrations/0051-user-names-per-directory.ts';
import { timesOfDroppedFiles } from './migrations/0052-times-of-dropped-files.ts';
import { linkedAccounts } from './migrations/0053-linked-accounts.ts';
import { directoryOperators } from './migrations/0060-directory-operators.ts';
import { beforeAReset } from './migrations/0061-before-a-reset.ts';
import { searchFilters } from './migrations/0070-search-filters.ts';
import { heldClosures } from './migrations/0071-held-closures.ts';
import { unlistedFolders } from './migrations/0072-unlisted-folders.ts';
import { postgresqlWords } from './migrations/0073-postgresql-words.ts';
import { accountsOfADirectory } from './migrations/0074-accounts-of-a-directory.ts';
import { heldDirectoryChanges } from './migrations/0077-held-directory-changes.ts';
import { unfinishedReads } from './migrations/0076-unfinished-reads.ts';
import { namesJoined } from './migrations/0075-names-joined.ts';
import { commonWords } from './migrations/0078-common-words.ts';
import { markedCommonWords } from './migrations/0079-mark-common-words.ts';
import { numbersAndHanForms } from './migrations/0080-numbers-and-han-forms.ts';
import { longBeginnings } from './migrations/0081-long-beginnings.ts';
import { refusedEntries } from './migrations/0082-refused-entries.ts';
import { firstDays } from './migrations/0083-first-days.ts';
import { keysOfHeldRows } from './migrations/0084-keys-of-held-rows.ts';
import { digestsOfAnswers } from './migrations/0085-digests-of-answers.ts';
import { rareWords } from './migrations/0086-rare-words.ts';
import type { Tables } from './tables.ts';

/**
 * Runs in the order of the names. A name with `-sqlite-` or `-postgresql-` is for that database only; all others run on both, so:
 *
 * - columns are `text`, `integer` (up to 2³¹, flags as 0 or 1) or `bigint` (times), never `boolean`, `json` or `blob`;
 * - a key that the database numbers is `addColumn('id', 'integer', numberedKey(db))`, never `autoIncrement()`;
 * - an append-only table gets `makeAppendOnly(db, …)`: triggers on both databases, and rights on PostgreSQL;
 * - constants inside an index or a default are `sql.lit`, since PostgreSQL takes no parameters there;
 * - foreign keys are not enforced while SQLite is migrated, so that a table can be rebuilt, and a migration deletes dependent rows itself;
 * - no `pragma`, no `rowid`, no `insert or …`, no `ifNotExists` in place of a new migration, no double quotes around a value.
 *
 * The queries that follow have their own rules in `docs/adr/0010-write-one-store-in-sql-that-sqlite-and-postgresql-share.md`.
 */
const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-sqlite-search-and-guards': sqliteSearchAndGuards,
  '0002-postgresql-search-and-guards': postgresqlSearchAndGuards,
  '0003-enrolment-and-texts': enrolmentAndTexts,
  '0006-mail': mail,
  '0004-four-eyes': fourEyes,
  '0008-self-service': selfService,
  '0009-delivery-and-fate': deliveryAndFate,
  '0005-operators': operatorAdministration,
  '0007-audit-checkpoints': auditCheckpoints,
  '0010-drills': drills,
  '0011-required-resets': requiredResets,
  '0012-tier-of-a-reset': tierOfAReset,
  '0013-own-changes': ownChanges,
  '0014-scene-of-a-drill': sceneOfADrill,
  '0015-report-links': reportLinks,
  '0016-locked-sessions': lockedSessions,
  '0017-asked-managers': askedManagers,
  '0018-what-links-and-sessions-rest-on': whatLinksAndSessionsRestOn,
  '0019-one-trust': oneTrust,
  '0020-unsettled-resets': unsettledResets,
  '0021-indexes-of-the-log': indexesOfTheLog,
  '0022-lockout-by-source': lockoutBySource,
  '0023-account-changes': accountChanges,
  '0024-normal-forms': normalForms,
  '0025-import-mappings': importMappings,
  '0026-requests-on-file': requestsOnFile,
  '0027-protected-changes': protectedChanges,
  '0028-names-as-heard': namesAsHeard,
  '0029-provider-sessions': providerSessions,
  '0030-identity': identity,
  '0031-operator-links-fetched': operatorLinksFetched,
  '0032-noted-managers': notedManagers,
  '0040-directories': directories,
  '0041-account-sources': accountSources,
  '0042-file-feeds': fileFeeds,
  '0050-lists-of-the-desk': listsOfTheDesk,
  '0051-user-names-per-directory': userNamesPerDirectory,
  '0052-times-of-dropped-files': timesOfDroppedFiles,
  '0053-linked-accounts': linkedAccounts,
  '0060-directory-operators': directoryOperators,
  '0061-before-a-reset': beforeAReset,
  '0070-search-filters': searchFilters,
  '0071-held-closures': heldClosures,
  '0072-unlisted-folders': unlistedFolders,
  '0073-postgresql-words': postgresqlWords,
  '0074-accounts-of-a-directory': accountsOfADirectory,
  '0075-names-joined': namesJoined,
  '0076-unfinished-reads': unfinishedReads,
  '0077-held-directory-changes': heldDirectoryChanges,
  '0078-common-words': commonWords,
  '0079-mark-common-words': markedCommonWords,
  '0080-numbers-and-han-forms': numbersAndHanForms,
  '0081-long-beginnings': longBeginnings,
  '0082-refused-entries': refusedEntries,
  '0083-first-days': firstDays,
  '0084-keys-of-held-rows': keysOfHeldRows,
  '0085-digests-of-answers': digestsOfAnswers,
  '0086-rare-words': rareWords,
};

/** The migrations that apply to a database of this kind. */
function migrationsOf(db: Kysely<Tables>): Readonly<Record<string, Migration>> {
  const otherDialect = dialectOf(db) === 'sqlite' ? '-postgresql-' : '-sqlite-';
  return Object.fromEntries(Object.entries(migrations).filter(([name]) => !name.includes(otherDialect)));
}

/** The names of the migrations that a database has; none for a new one. */
async function migratedNames(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const migrated = sql<{ name: string }>`select name from kysely_migration order by name desc`;
  // A new database has no such table. Any other error occurs again with the next statement.
  const { rows } = await migrated.execute(db).catch(() => ({ rows: [] }));
  return new Set(rows.map(({ name }) => name));
}

/** Whether the database has this version's tables, those of an older version, or none. Throws if a newer version has migrated it. */
export async function stateOfSchema(db: Kysely<Tables>): Promise<'current' | 'older' | 'none'> {
  const migrated = await migratedNames(db);
  assertKnown(db, migrated);
  if (migrated.size === 0) return 'none';
  return isUpToDate(db, migrated) ? 'current' : 'older';
}

const isUpToDate = (db: Kysely<Tables>, migrated: ReadonlySet<string>): boolean =>
  Object.keys(migrationsOf(db)).every((name) => migrated.has(name));

function assertKnown(db: Kysely<Tables>, migrated: ReadonlySet<string>): void {
  const known = migrationsOf(db);
  const newer = [...migrated].find((name) => !Object.hasOwn(known, name));
  if (newer === undefined) return;
  throw new NewerDatabase(
    `The database was made by a newer version of Reset Desk (it has ${newer}). Start that version, or restore a backup from before the update`,
  );
}

/** Runs the migrations that the database lacks. */
async function migrateToLatest(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrationsOf(db)) },
    // The first migrations were not written in the order of their numbers.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'before the first';
  throw new Error(`The database could not be migrated (migration ${failed})`, { cause: error });
}

/** Migrates a database to the latest version; throws an error that names the migration that failed. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrated = await migratedNames(db);
  assertKnown(db, migrated);
  // The migrator would read every table's columns twice at every start before it finds that nothing is left to do.
  if (!isUpToDate(db, migrated)) await migrateToLatest(db);
  if (dialectOf(db) === 'postgresql') await compareByBytes(db);
}
