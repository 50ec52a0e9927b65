import { countMissingEvents, hasMissingEvents } from '../../audit/verify/missing-events.ts';
import { createDropFolder } from '../../accounts/file-feeds/drop-folder.ts';
import { createFileFeeds } from '../../accounts/file-feeds/file-feeds.ts';
import { createDrills } from '../../drill/drills.ts';
import { createProtectedChangeServices } from '../../protected-changes/create-protected-change-services.ts';
import { createServerCommandNotices } from '../../protected-changes/server-commands.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { composeDesk } from './compose-desk.ts';
import type { ServerFoundation } from './foundation.ts';
import { openPracticeDesk } from './open-practice-desk.ts';

/** The newest cases, which a start checks; it stays short that way. `audit verify` checks all cases. */
const newestCases = 500;

export type Backend = ReturnType<typeof composeBackend>;

/** The real desk, and the drills beside it, each of which has a desk of its own. */
export function composeBackend(foundation: ServerFoundation) {
  const desk = composeDesk(foundation);
  const drills = createDrills({
    ...foundation,
    openDesk: (policy) => openPracticeDesk(foundation, policy),
  });
  const protectedChanges = createProtectedChangeServices({
    ...foundation,
    mail: foundation.mail.settings,
    texts: foundation.textServices.settings,
    trust: foundation.trustSettings,
    provider: desk.operators.providerSettings,
    streams: desk.audit.settings,
    templates: desk.templates,
    directories: foundation.directorySettings,
    directorySignIn: desk.operators.directorySignIn,
    mailComposer: desk.mailComposer,
  });
  const serverCommands = createServerCommandNotices({ ...foundation, mailComposer: desk.mailComposer });
  return {
    desk,
    drills,
    protectedChanges,
    /** The files of account sources. Practice desks read none. */
    fileFeeds: createFileFeeds({
      ...foundation,
      imports: desk.imports,
      changesHeld: desk.changesHeld,
      folder: createDropFolder(foundation.dataFolder),
    }),
    sweeps: {
      ...desk.sweeps,
      drills: drills.sweep,
      protectedChanges: protectedChanges.sweep,
      serverCommands: serverCommands.sweep,
    },
    /** Settles what the previous run of this backend left unfinished. */
    settleInterrupted: async () => {
      await desk.imports.settleInterruptedImports();
      // A directory that does not answer must not delay the start: the first sweep asks it.
      await desk.casework.resets.settleUnfinished({ asksDirectories: false });
    },
    /** Reports recent cases, checks and resets whose events are missing from the audit log. */
    reportMissingEvents: async () => {
      const { store, log } = foundation;
      const missing = await countMissingEvents(store.db, newestCases);
      if (!hasMissingEvents(missing)) return;
      log('audit-rows-without-events', { ...missing });
      await store.change(systemOrigin, (_tx, record) =>
        record({ action: 'audit.rows-without-events', outcome: 'failed', facts: { ...missing } }),
      );
    },
    /** Ends running work, then closes the database. */
    stop: async () => {
      await desk.stop();
      await drills.close();
      await foundation.close();
    },
  };
}
