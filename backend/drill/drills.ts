import { randomInt } from 'node:crypto';
import {
  drillSizes,
  highestSeed,
  type DrillQuestion,
  type DrillScene,
  type DrillView,
} from '../../shared/api/drill.ts';
import type { Origin } from '../store/append-event.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import type { PolicyInForce, PolicyVersion } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import { runSweeps } from '../scheduling/sweeps.ts';
import type { Store } from '../store/store.ts';
import { drawCallers, policyIn } from './callers.ts';
import { drillAccounts } from './drill-accounts.ts';
import { createDrillScores, type FinishedDrill } from './drill-scores.ts';
import { practising } from './invented-staff.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { runDrill, type RunningDrill } from './running-drill.ts';
import { setScene } from './set-scene.ts';

export interface Drills {
  /** Begins a drill, and abandons the operator's running one. */
  begin(
    wish: {
      readonly seed?: number | undefined;
      readonly size: keyof typeof drillSizes;
      readonly scene?: DrillScene;
    },
    session: OperatorSession,
    origin: Origin,
  ): Promise<DrillView>;
  list(session: OperatorSession): Promise<{
    finished: FinishedDrill[];
    running: DrillView | null;
  }>;
  view(drillId: string, session: OperatorSession): DrillView;
  takeCall(drillId: string, session: OperatorSession): Promise<DrillView>;
  ask(drillId: string, question: DrillQuestion, session: OperatorSession): Promise<DrillView>;
  endCall(drillId: string, session: OperatorSession, origin: Origin): Promise<DrillView>;
  leave(drillId: string, session: OperatorSession, origin: Origin): Promise<void>;
  /** The drill's own desk, and the operator's session on it. */
  deskOf(drillId: string, session: OperatorSession): { desk: PracticeDesk; session: OperatorSession };
  /** Abandons drills that were idle for an hour, and sweeps the desks of the others. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

interface Collaborators {
  /** The real store: drills write their scores and audit events there, and read only the policy. */
  readonly store: Store;
  readonly policy: PolicyInForce;
  /** Opens a desk with the sample accounts, which follows this policy. */
  readonly openDesk: (policy: PolicyVersion) => Promise<PracticeDesk>;
  readonly now: () => number;
}

/** Milliseconds. */
const maxIdle = 60 * 60_000;

/** Practice with invented callers: one drill at a time for each operator, each with a desk of its own. */
export function createDrills({ store, policy, openDesk, now }: Collaborators): Drills {
  const scores = createDrillScores({ store, now });
  /** By operator. */
  const running = new Map<string, { drill: RunningDrill; origin: Origin }>();

  const find = (drillId: string, session: OperatorSession): RunningDrill => {
    const found = running.get(session.operator.id)?.drill;
    if (found?.id !== drillId) throw new Refusal('drill.not-found');
    found.touch();
    return found;
  };
  const leaveRunning = async (operatorId: string, origin?: Origin): Promise<void> => {
    const found = running.get(operatorId);
    if (!found) return;
    running.delete(operatorId);
    const { drill } = found;
    await scores.recordLeft(drill, origin ?? found.origin);
    await drill.desk.close();
  };

  return {
    async begin({ seed = randomInt(1, highestSeed + 1), size, scene = 'calm' }, session, origin) {
      const operatorId = session.operator.id;
      await leaveRunning(operatorId, origin);
      const inForce = await policy.current();
      const desk = await openDesk(inForce);
      const accounts = await desk.store.db.selectFrom('accounts').selectAll().execute();
      const callers = drawCallers(
        seed,
        drillSizes[size],
        drillAccounts(accounts, now()),
        policyIn(scene, inForce.document),
      );
      const kinds = new Set(callers.map(({ persona }) => persona.honest));
      // If two windows begin a drill at once, the later one stays.
      await leaveRunning(operatorId, origin);
      if (kinds.size < 2) {
        await desk.close();
        throw new Refusal('drill.not-possible');
      }
      await setScene(desk.store, session.operator, callers, now(), scene);
      const drill = runDrill({ seed, scene }, callers, operatorId, desk, now);
      running.set(operatorId, { drill, origin });
      await store.change(origin, (_tx, record) =>
        record({
          action: 'drill.begun',
          facts: { seed, scene, callers: callers.length },
          policyVersion: inForce.version,
        }),
      );
      return drill.view();
    },

    async list({ operator }) {
      return {
        finished: await scores.list(operator.id),
        running: running.get(operator.id)?.drill.view() ?? null,
      };
    },

    view: (drillId, session) => find(drillId, session).view(),

    async takeCall(drillId, session) {
      const drill = find(drillId, session);
      await drill.takeCall();
      return drill.view();
    },

    async ask(drillId, question, session) {
      const drill = find(drillId, session);
      await drill.ask(question, session);
      return drill.view();
    },

    async endCall(drillId, session, origin) {
      const drill = find(drillId, session);
      await drill.endCall();
      await scores.recordFinished(drill, origin);
      return drill.view();
    },

    async leave(drillId, session, origin) {
      find(drillId, session);
      await leaveRunning(session.operator.id, origin);
    },

    deskOf: (drillId, session) => ({
      desk: find(drillId, session).desk,
      session: practising(session, now()),
    }),

    async sweep() {
      for (const [operatorId, { drill }] of running) {
        if (drill.lastUsedAt() + maxIdle <= now()) await leaveRunning(operatorId);
        else await runSweeps(drill.desk.sweeps);
      }
    },

    async close() {
      for (const { drill } of running.values()) await drill.desk.close();
      running.clear();
    },
  };
}
