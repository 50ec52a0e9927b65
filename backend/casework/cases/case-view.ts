import { checkKinds } from '../../../shared/api/check.ts';
import { resetActions, type CaseView } from '../../../shared/api/case.ts';
import { readLinks } from '../../accounts/account-links.ts';
import { accountViewOf } from '../../accounts/account-view.ts';
import { readDirectoryNames } from '../../directories/directory-names.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import { readRequirement } from '../decision/read-requirement.ts';
import { resetViewOf } from '../resets/reset-view.ts';
import type { Live } from '../../live/live.ts';
import type { Channels } from '../../messaging/channels.ts';
import type { Store } from '../../store/store.ts';
import type { MailsTable } from '../../store/tables.ts';
import { actionObstacle } from '../decision/action-obstacle.ts';
import { caseEnd, expiryCutoff } from '../decision/case-lifecycle.ts';
import { isSecretLost, isUnused, withoutReset } from '../decision/reset-state.ts';
import { readCallerFacts } from './caller-facts.ts';
import { approvalViewOf, memoryViewOf } from './memory-view.ts';
import type { CheckViews } from '../verification/check-views.ts';
import type { CaseContext } from '../decision/case-context.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const isoAt = (at: number): string => new Date(at).toISOString();

/** The other action, which can replace the last reset while that is unused; null if there is nothing to replace. */
function insteadOf(context: CaseContext): CaseView['instead'] {
  const last = context.resets[0];
  if (last === undefined || !isUnused(last, context.at) || isSecretLost(last, context.holdsSecret)) {
    return null;
  }
  const action = last.action === 'reset-link' ? 'temporary-password' : 'reset-link';
  const obstacle = actionObstacle(withoutReset(context, last.id), action)?.reason ?? null;
  return { insteadOf: last.id, action, obstacle };
}

/** The account's lock, and what the case still needs to end it. */
function unlockOf(context: CaseContext): CaseView['unlock'] {
  const { lock, unlockAssurance } = context;
  return {
    obstacle: actionObstacle(context, 'unlock')?.reason ?? null,
    lock: lock && { since: isoAt(lock.since), until: iso(lock.until), where: lock.where },
    earned: unlockAssurance.earned,
    needed: unlockAssurance.needed,
  };
}

/** The other case whose evidence counts here, with its checks. */
function takenOverOf({ otherCase, takenOver }: CaseContext): CaseView['takenOver'] {
  if (otherCase === null) return null;
  const { opened, account } = otherCase;
  return {
    caseId: opened.id,
    number: opened.number,
    userName: account.user_name,
    checks: checkKinds.filter((kind) => takenOver.some((evidence) => evidence.kind === kind)),
  };
}

export interface CaseViews {
  /** The case for its operator, for operators who may see all cases, and for those with an open case about the same account. */
  view(caseId: string, session: OperatorSession): Promise<CaseView>;
}

interface Collaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly checkViews: CheckViews;
  readonly live: Pick<Live, 'isListening'>;
  readonly channels: Pick<Channels, 'obstacle'>;
  /** Where users reach the pages. */
  readonly publicUrl: () => string;
}

export function createCaseViews({
  store,
  contexts,
  checkViews,
  live,
  channels,
  publicUrl,
}: Collaborators): CaseViews {
  const mailsOf = async (ids: readonly (string | null)[]): Promise<ReadonlyMap<string, MailsTable>> => {
    const known = ids.filter((id) => id !== null);
    if (known.length === 0) return new Map();
    const mails = await store.db.selectFrom('mails').selectAll().where('id', 'in', known).execute();
    return new Map(mails.map((mail) => [mail.id, mail]));
  };

  /** One caller may call two operators, so each of them sees the other's case while their own is open. */
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
      .where('last_activity_at', '>', expiryCutoff(policy.document, at))
      .executeTakeFirst()) !== undefined;

  return {
    async view(caseId, session) {
      const context = await contexts.read(caseId, session);
      if (
        !context.isOwnCase &&
        !session.rights.has('cases.see-all') &&
        !(await worksOnSame(context, session))
      ) {
        throw new Refusal('case.not-yours');
      }
      const { opened, found, policy, resets, assurance, at, expiresAt, holdsSecret } = context;
      const { document } = policy;
      const mails = await mailsOf(resets.map(({ mail_id }) => mail_id));
      const mailOf = (id: string | null) => (id === null ? undefined : mails.get(id));
      const operator = await store.db
        .selectFrom('operators')
        .select('display_name')
        .where('id', '=', opened.operator_id)
        .executeTakeFirst();
      const required = await readRequirement(store.db, opened.account_id);
      const hasExpired = caseEnd(opened, document, at) === 'case.expired';

      return {
        id: opened.id,
        number: opened.number,
        state: hasExpired ? 'expired' : (opened.state as CaseView['state']),
        ticket: opened.ticket,
        reason: opened.reason as CaseView['reason'],
        openedAt: isoAt(opened.opened_at),
        expiresAt: isoAt(expiresAt),
        endedAt: iso(opened.state === 'open' && hasExpired ? expiresAt : opened.ended_at),
        operator: {
          id: opened.operator_id,
          displayName: operator?.display_name ?? '',
          self: context.isOwnCase,
        },
        account: accountViewOf(found, at, {
          lockFor: document.signIn.lockFor,
          names: await readDirectoryNames(store.db),
        }),
        assurance,
        checks: await checkViews.views(context),
        actions: resetActions.map((action) => ({
          action,
          obstacle: actionObstacle(context, action)?.reason ?? null,
        })),
        unlock: unlockOf(context),
        instead: insteadOf(context),
        resets: resets.map((reset) =>
          resetViewOf(reset, mailOf(reset.mail_id), {
            lost: opened.state === 'open' && isSecretLost(reset, holdsSecret),
            now: at,
          }),
        ),
        callerFacts: await readCallerFacts(context, { store, channels, publicUrl }),
        memory: await memoryViewOf(context, store),
        approval: await approvalViewOf(context, { store, live }),
        otherAccounts: await readLinks(store.db, opened.account_id, {
          operator: session.operator,
          coolDown: document.contactCoolDown,
          lockFor: document.signIn.lockFor,
          at,
        }),
        takenOver: takenOverOf(context),
        requiredReset: required && {
          reason: required.reason,
          dueAt: isoAt(required.dueAt),
          toldAt: iso(required.toldAt),
          byDesk: required.byDesk,
        },
        alertRaised: context.alertRaised,
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
