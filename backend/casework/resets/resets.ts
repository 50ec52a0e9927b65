import type { DeliveryChoices } from '../../../shared/api/delivery.ts';
import type { Origin } from '../../store/append-event.ts';
import { thenForget } from '../../store/database-fault.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { assertOpen } from '../decision/case-context.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { createAfterReset, type AfterReset } from './after-reset.ts';
import { createHandover, type Handover } from './handover.ts';
import { createBeginReset } from './begin-reset.ts';
import { deliveryChoicesOf } from './plan-delivery.ts';
import { createReadResets } from './read-resets.ts';
import type { ResetAnswer, ResetCollaborators, ResetRequest } from './reset-collaborators.ts';
import { createSendResetLink } from './send-reset-link.ts';
import { createSetTemporaryPassword } from './set-temporary-password.ts';
import { createSettleReset } from './settle-reset.ts';

export interface Resets extends Handover, AfterReset {
  /** Spends a grant. A request with the same key is the same reset, and gets the same answer while its secret may still be shown. */
  reset(request: ResetRequest, session: OperatorSession, origin: Origin): Promise<ResetAnswer>;
  /** The ways in which a case can deliver a temporary password. */
  deliveryChoices(caseId: string, session: OperatorSession): Promise<DeliveryChoices>;
  /** Settles the resets with an intent and no outcome on which no call is working. By default, directories are asked about them. */
  settleUnfinished(options?: { readonly asksDirectories?: boolean }): Promise<void>;
}

const runningKey = (operatorId: string, key: string): string => `${operatorId} ${key}`;

/** Resets: intent, directory, outcome. */
export function createResets(collaborators: ResetCollaborators): Resets {
  const { store, contexts } = collaborators;
  const settle = createSettleReset(collaborators);
  const resets = createReadResets(collaborators, settle);
  const beginReset = createBeginReset(collaborators);
  const setTemporary = createSetTemporaryPassword(collaborators, beginReset, resets, settle);
  const sendLink = createSendResetLink(collaborators, beginReset, resets, settle);
  const { earlier } = resets;
  const running = new Map<string, Promise<ResetAnswer>>();

  return {
    ...createHandover(collaborators, resets),
    ...createAfterReset(collaborators, resets, collaborators.policy),
    async deliveryChoices(caseId, session) {
      const context = await contexts.read(caseId, session);
      assertOpen(context);
      return deliveryChoicesOf(context, {
        capabilities: context.capabilities,
        deliversExternally: await collaborators.channels.deliversExternally(),
      });
    },
    settleUnfinished: (options) =>
      settle.sweep((operatorId, key) => running.has(runningKey(operatorId, key)), options),
    async reset(request, session, origin) {
      const key = runningKey(session.operator.id, request.key);
      const same = running.get(key);
      // A retry of a request that is still running.
      if (same) {
        // Only waits. The reason of a failure is handled below.
        await same.catch(() => undefined);
        const answered = await earlier(request, session);
        if (answered) return answered;
        return same;
      }
      const work = (async () => {
        const answered = await earlier(request, session);
        if (answered) return answered;
        return withRefusalAudit(store, origin, { action: 'reset.refused', caseId: request.caseId }, () =>
          (request.action === 'temporary-password' ? setTemporary : sendLink)(request, session, origin),
        );
      })();
      running.set(key, work);
      try {
        const replaced = request.insteadOf;
        return await (replaced === undefined
          ? work
          : thenForget(work, () => {
              collaborators.secrets.delete(replaced);
            }));
      } finally {
        running.delete(key);
      }
    },
  };
}
