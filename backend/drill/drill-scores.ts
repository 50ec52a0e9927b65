import type { DrillScene } from '../../shared/api/drill.ts';
import type { Origin } from '../store/append-event.ts';
import type { Store } from '../store/store.ts';
import type { RunningDrill } from './running-drill.ts';

/** A drill that was completed. */
export interface FinishedDrill {
  id: string;
  seed: number;
  scene: DrillScene;
  callers: number;
  score: number;
  finishedAt: string;
}

/** The results of drills, in the real desk's store and audit log. */
export interface DrillScores {
  /** The operator's latest, newest first. */
  list(operatorId: string): Promise<FinishedDrill[]>;
  /** Stores the score of a completed drill; does nothing before its end. */
  recordFinished(drill: RunningDrill, origin: Origin): Promise<void>;
  /** Records a drill that is abandoned before its end; does nothing after its end. */
  recordLeft(drill: RunningDrill, origin: Origin): Promise<void>;
}

/** Finished drills in an operator's list. */
const maxListed = 20;

export function createDrillScores({ store, now }: { store: Store; now: () => number }): DrillScores {
  return {
    async list(operatorId) {
      const rows = await store.db
        .selectFrom('drills')
        .selectAll()
        .where('operator_id', '=', operatorId)
        .orderBy('finished_at', 'desc')
        .orderBy('id')
        .limit(maxListed)
        .execute();
      return rows.map(({ id, seed, scene, callers, score, finished_at }) => ({
        id,
        seed,
        scene: scene as DrillScene,
        callers,
        score,
        finishedAt: new Date(finished_at).toISOString(),
      }));
    },

    async recordFinished(drill, origin) {
      const score = drill.score();
      if (score === null) return;
      const { id, seed, scene, callers, operatorId } = drill;
      await store.change(origin, async (tx, record) => {
        await tx
          .insertInto('drills')
          .values({ id, operator_id: operatorId, seed, scene, callers, score, finished_at: now() })
          .execute();
        await record({ action: 'drill.finished', facts: { seed, scene, callers, score } });
      });
    },

    async recordLeft(drill, origin) {
      if (drill.score() !== null) return;
      const facts = { seed: drill.seed, callers: drill.callers, served: drill.view().results.length };
      await store.change(origin, (_tx, record) => record({ action: 'drill.left', facts }));
    },
  };
}
