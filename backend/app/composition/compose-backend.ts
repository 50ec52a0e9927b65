import { createDrills } from '../../drill/drills.ts';
import { composeDesk } from './compose-desk.ts';
import type { ServerFoundation } from './foundation.ts';
import { openPracticeDesk } from './open-practice-desk.ts';

export type Backend = ReturnType<typeof composeBackend>;

/** The real desk, and the drills beside it, each of which has a desk of its own. */
export function composeBackend(foundation: ServerFoundation) {
  const desk = composeDesk(foundation);
  const drills = createDrills({
    ...foundation,
    openDesk: (policy) => openPracticeDesk(foundation, policy),
  });
  return {
    desk,
    drills,
    sweeps: { ...desk.sweeps, drills: drills.sweep },
    /** Settles what the last run of this backend left unfinished. */
    settleInterrupted: async () => {
      await desk.imports.settleInterruptedImports();
      await desk.casework.resets.settleUnfinished();
    },
    /** Ends what is under way, then closes the database. */
    stop: async () => {
      await desk.stop();
      await drills.close();
      await foundation.close();
    },
  };
}
