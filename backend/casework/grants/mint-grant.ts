import { randomUUID } from 'node:crypto';
import type { GrantView, ResetAction } from '../../../shared/api/case.ts';
import type { Origin } from '../../store/append-event.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { actionObstacle, refusalFor } from '../decision/action-obstacle.ts';
import { replaceable, without } from '../decision/replaceable.ts';
import { assertOpen, extendCase, type CaseContextReader } from '../decision/case-context.ts';
import type { Directory } from '../../directories/directory.ts';
import { assertProved } from '../../authorization/assert-proved.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import type { Store } from '../../store/store.ts';

export interface Grants {
  /** The single-use permission for one action in a case, if the case has earned it. */
  mint(
    caseId: string,
    action: ResetAction,
    session: OperatorSession,
    origin: Origin,
    /** The unused reset of the case that the grant's reset comes instead of. */
    insteadOf?: string,
  ): Promise<GrantView>;
}

interface Collaborators {
  readonly store: Store;
  readonly context: CaseContextReader;
  readonly directory: Directory;
  readonly secrets: PendingSecrets;
  readonly now: () => number;
}

export function createGrants({ store, context, directory, secrets, now }: Collaborators): Grants {
  return {
    mint: (caseId, action, session, origin, insteadOf) =>
      withRefusalAudit(store, origin, { action: 'grant.refused', caseId }, () =>
        store.change(origin, async (tx, record) => {
          const read = await context.read(caseId, session, tx);
          assertOpen(read);
          const { document, version } = read.policy;
          if (insteadOf !== undefined) replaceable(read, insteadOf);
          const obstacle = actionObstacle(without(read, insteadOf), action, {
            session,
            directory,
            held: secrets.has,
          });
          if (obstacle !== null) throw new Refusal(refusalFor[obstacle]);
          assertProved(session, document.operatorSession.reauthenticateAfter, now());
          const approval = read.approvedFor(action);
          const mintedAt = now();
          const expiresAt = mintedAt + document.grant.validFor * 1000;
          // One permission at a time: an older one that nobody used is worth nothing any more.
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
              account_id: read.found.account.id,
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
            accountId: read.found.account.id,
            caseId,
            facts: {
              action,
              ...(insteadOf !== undefined && { insteadOf }),
              earned: read.assurance.earned,
              needed: read.assurance.needed,
              approval: approval?.id ?? null,
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
