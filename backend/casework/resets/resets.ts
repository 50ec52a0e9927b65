import type { DeliveryChoices } from '../../../shared/api/delivery.ts';
import type { Origin } from '../../store/append-event.ts';
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
import { settleUnfinishedResets } from './settle-unfinished.ts';

export interface Resets extends Handover, AfterReset {
  /** Spends a grant. The same key again is the same reset, and gets the same answer while its secret may still be shown. */
  reset(request: ResetRequest, session: OperatorSession, origin: Origin): Promise<ResetAnswer>;
  /** What a reset by a temporary password may choose from in a case. */
  deliveryChoices(caseId: string, session: OperatorSession): Promise<DeliveryChoices>;
  /** After a crash: resets whose outcome nobody wrote down. */
  settleUnfinished(): Promise<void>;
}

/** A reset's way: intent, directory, outcome. */
export function createResets(collaborators: ResetCollaborators): Resets {
  const { store, contexts } = collaborators;
  const resets = createReadResets(collaborators);
  const intend = createBeginReset(collaborators);
  const setTemporary = createSetTemporaryPassword(collaborators, intend, resets);
  const sendLink = createSendResetLink(collaborators, intend, resets);
  const { earlier } = resets;
  const running = new Map<string, Promise<ResetAnswer>>();

  return {
    ...createHandover(collaborators, resets),
    ...createAfterReset(collaborators, resets, collaborators.policy),
    async deliveryChoices(caseId, session) {
      const context = await contexts.read(caseId, session);
      assertOpen(context);
      return deliveryChoicesOf(context, {
        capabilities: collaborators.directory.capabilities,
        deliversExternally: await collaborators.deliversExternally(),
      });
    },
    settleUnfinished: () => settleUnfinishedResets(collaborators),
    async reset(request, session, origin) {
      const key = `${session.operator.id} ${request.key}`;
      const same = running.get(key);
      // The same press of the button, sent again while the first is still under way.
      if (same) {
        // Only waited for here: why it failed is answered below.
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
        const answer = await work;
        if (request.insteadOf !== undefined) collaborators.secrets.delete(request.insteadOf);
        return answer;
      } finally {
        running.delete(key);
      }
    },
  };
}
