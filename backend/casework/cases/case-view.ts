import { resetActions, type CaseView } from '../../../shared/api/case.ts';
import { accountViewOf } from '../../accounts/account-view.ts';
import type { Directory } from '../../directories/directory.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import { requirementOf } from '../decision/requirement.ts';
import { resetViewOf } from '../resets/reset-view.ts';
import { isUnused } from '../decision/replaceable.ts';
import type { Store } from '../../store/store.ts';
import type { MailsTable } from '../../store/tables.ts';
import { actionObstacle, isLost, type ActionCircumstances } from '../decision/action-obstacle.ts';
import { without } from '../decision/replaceable.ts';
import { approvalViewOf, memoryViewOf } from './memory-view.ts';
import type { CheckViews } from '../verification/check-views.ts';
import { type CaseContext, type CaseContextReader } from '../decision/case-context.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const isoAt = (at: number): string => new Date(at).toISOString();

/** What may come instead of the last reset while nobody has used it; null when there is nothing to replace. */
function insteadOf(context: CaseContext, circumstances: ActionCircumstances): CaseView['instead'] {
  const last = context.resets[0];
  if (last === undefined || !isUnused(last, context.at) || isLost(last, circumstances.held)) return null;
  const action = last.action === 'reset-link' ? 'temporary-password' : 'reset-link';
  const obstacle = actionObstacle(without(context, last.id), action, circumstances);
  return { insteadOf: last.id, action, obstacle };
}

export interface CaseViews {
  /** The case as its operator, or who may see all cases, finds it. */
  view(caseId: string, session: OperatorSession): Promise<CaseView>;
}

interface Collaborators {
  readonly store: Store;
  readonly context: CaseContextReader;
  readonly directory: Directory;
  readonly secrets: PendingSecrets;
  readonly checkViews: CheckViews;
}

export function createCaseViews({
  store,
  context,
  directory,
  secrets,
  checkViews,
}: Collaborators): CaseViews {
  const mailsOf = async (ids: readonly (string | null)[]): Promise<ReadonlyMap<string, MailsTable>> => {
    const known = ids.filter((id) => id !== null);
    if (known.length === 0) return new Map();
    const mails = await store.db.selectFrom('mails').selectAll().where('id', 'in', known).execute();
    return new Map(mails.map((mail) => [mail.id, mail]));
  };

  /** Whoever has a case about the same account open may look at this one: two desks, one caller. */
  const worksOnSame = async (
    { opened, policy, at }: CaseContext,
    session: OperatorSession,
  ): Promise<boolean> =>
    (await store.db
      .selectFrom('cases')
      .select('id')
      .where('account_id', '=', opened.account_id)
      .where('operator_id', '=', session.operator.id)
      .where('state', '=', 'open')
      .where('last_activity_at', '>', at - policy.document.case.idle * 1000)
      .executeTakeFirst()) !== undefined;

  return {
    async view(caseId, session) {
      const now = await context.read(caseId, session);
      if (!now.own && !session.rights.has('cases.see-all') && !(await worksOnSame(now, session))) {
        throw new Refusal('case.not-yours');
      }
      const { opened, found, policy, resets, assurance, at, expiresAt } = now;
      const { document } = policy;
      const mails = await mailsOf(resets.map(({ mail_id }) => mail_id));
      const mailOf = (id: string | null) => (id === null ? undefined : mails.get(id));
      const operator = await store.db
        .selectFrom('operators')
        .select('display_name')
        .where('id', '=', opened.operator_id)
        .executeTakeFirst();
      const required = await requirementOf(store.db, opened.account_id);
      const overdue = opened.state === 'open' && expiresAt <= at;

      return {
        id: opened.id,
        number: opened.number,
        state: overdue ? 'expired' : (opened.state as CaseView['state']),
        ticket: opened.ticket,
        reason: opened.reason as CaseView['reason'],
        openedAt: isoAt(opened.opened_at),
        expiresAt: isoAt(expiresAt),
        endedAt: iso(overdue ? expiresAt : opened.ended_at),
        operator: { id: opened.operator_id, displayName: operator?.display_name ?? '', self: now.own },
        account: accountViewOf(found, at, document.signIn.lockFor),
        assurance,
        checks: await checkViews.views(now),
        actions: resetActions.map((action) => ({
          action,
          obstacle: actionObstacle(now, action, { session, directory, held: secrets.has }),
        })),
        instead: insteadOf(now, { session, directory, held: secrets.has }),
        resets: resets.map((reset) =>
          resetViewOf(reset, mailOf(reset.mail_id), {
            lost: opened.state === 'open' && isLost(reset, secrets.has),
            now: at,
          }),
        ),
        memory: await memoryViewOf(now, store),
        approval: await approvalViewOf(now, store),
        requiredReset: required && {
          reason: required.reason,
          dueAt: isoAt(required.dueAt),
          toldAt: iso(required.toldAt),
          byDesk: required.byDesk,
        },
        alertRaised: now.alertRaised,
        ticketRequired: document.caseFields.ticket === 'required',
        reasonRequired: document.caseFields.reason === 'required',
        refusal:
          opened.refusal_reason === null
            ? null
            : {
                reason: opened.refusal_reason as NonNullable<CaseView['refusal']>['reason'],
                note: opened.refusal_note,
              },
      };
    },
  };
}
