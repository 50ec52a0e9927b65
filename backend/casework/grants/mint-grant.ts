import { randomUUID } from 'node:crypto';
import type { CaseAction, GrantView } from '../../../shared/api/case.ts';
import type { Origin } from '../../store/append-event.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { assertActionAllowed } from '../decision/action-obstacle.ts';
import { assertOpen } from '../decision/case-context.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import { replaceableReset, withoutReset } from '../decision/reset-state.ts';
import { approvalFor } from '../decision/approval-validity.ts';
import { extendCase } from '../extend-case.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Store } from '../../store/store.ts';

export interface Grants {
  /** Mints the single-use permission for one action in a case. Throws the refusal of what is missing. */
  mint(
    caseId: string,
    action: CaseAction,
    session: OperatorSession,
    origin: Origin,
    /** The unused reset of the case that the new reset replaces. */
    insteadOf?: string,
  ): Promise<GrantView>;
}

interface Collaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly now: () => number;
}

export function createGrants({ store, contexts, now }: Collaborators): Grants {
  return {
    mint: (caseId, action, session, origin, insteadOf) =>
      withRefusalAudit(store, origin, { action: 'grant.refused', caseId }, () =>
        store.change(origin, async (tx, record) => {
          const context = await contexts.read(caseId, session, tx);
          assertOpen(context);
          const { document, version } = context.policy;
          if (insteadOf !== undefined) replaceableReset(context, insteadOf);
          assertActionAllowed(withoutReset(context, insteadOf), action);
          const approval = approvalFor(context, action);
          const mintedAt = now();
          const expiresAt = mintedAt + document.grant.validFor * 1000;
          // A case has one grant at a time: an older unspent one expires.
          await tx
            .updateTable('grants')
            .set({ expires_at: mintedAt })
            .where('case_id', '=', caseId)
            .where('spent_at', 'is', null)
            .where('expires_at', '>', mintedAt)
            .execute();
          const id = randomUUID();
          await tx
            .insertInto('grants')
            .values({
              id,
              case_id: caseId,
              account_id: context.found.account.id,
              operator_id: session.operator.id,
              session_id: session.id,
              action,
              policy_version: version,
              minted_at: mintedAt,
              expires_at: expiresAt,
              spent_at: null,
              approval_id: approval?.id ?? null,
            })
            .execute();
          await extendCase(tx, caseId, mintedAt);
          await record({
            action: 'grant.minted',
            accountId: context.found.account.id,
            caseId,
            facts: {
              action,
              ...(insteadOf !== undefined && { insteadOf }),
              earned: context.assurance.earned,
              needed: context.assurance.needed,
              approval: approval?.id ?? null,
              ...(context.takenOver.length > 0 && {
                takenOver: context.takenOver.map((evidence) => evidence.id).join(', '),
              }),
            },
            policyVersion: version,
          });
          return {
            id,
            action,
            mintedAt: new Date(mintedAt).toISOString(),
            expiresAt: new Date(expiresAt).toISOString(),
          };
        }),
      ),
  };
}
