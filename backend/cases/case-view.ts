import { resetActions, type CaseView } from '../../shared/api/case.ts';
import { factorOf, type CheckKind, type CheckView } from '../../shared/api/check.ts';
import { accountViewOf } from '../accounts/account-view.ts';
import { maskEmail, maskPhone } from '../accounts/mask.ts';
import type { Directory } from '../directory/directory.ts';
import type { OperatorSession } from '../operators/operator-session.ts';
import { Refusal } from '../refusal.ts';
import type { PendingSecrets } from '../resets/pending-secrets.ts';
import { resetViewOf } from '../resets/reset-view.ts';
import type { Store } from '../store/store.ts';
import type { MailsTable } from '../store/tables.ts';
import { actionObstacle, stands } from './action-obstacle.ts';
import { builtKinds } from '../verification/built-kinds.ts';
import { destinationOf, type Standing, type StandingReader } from './standing.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const isoAt = (at: number): string => new Date(at).toISOString();

export interface CaseViews {
  /** The case as its operator, or who may see all cases, finds it. */
  view(caseId: string, session: OperatorSession): Promise<CaseView>;
}

interface Collaborators {
  readonly store: Store;
  readonly standing: StandingReader;
  readonly directory: Directory;
  readonly secrets: PendingSecrets;
}

export function createCaseViews({ store, standing, directory, secrets }: Collaborators): CaseViews {
  const mailsOf = async (ids: readonly (string | null)[]): Promise<ReadonlyMap<string, MailsTable>> => {
    const known = ids.filter((id) => id !== null);
    if (known.length === 0) return new Map();
    const mails = await store.db.selectFrom('mails').selectAll().where('id', 'in', known).execute();
    return new Map(mails.map((mail) => [mail.id, mail]));
  };

  const openElsewhere = async ({ opened, policy, at }: Standing) => {
    const rows = await store.db
      .selectFrom('cases')
      .leftJoin('operators', 'operators.id', 'cases.operator_id')
      .select(['cases.number', 'cases.opened_at', 'operators.display_name as operator'])
      .where('cases.account_id', '=', opened.account_id)
      .where('cases.state', '=', 'open')
      .where('cases.id', '!=', opened.id)
      .where('cases.last_activity_at', '>', at - policy.document.case.idle * 1000)
      .orderBy('cases.opened_at')
      .execute();
    return rows.map(({ number, opened_at, operator }) => ({
      number,
      operator: operator ?? '',
      since: isoAt(opened_at),
    }));
  };

  return {
    async view(caseId, session) {
      const now = await standing.read(caseId, session);
      if (!now.own && !session.rights.has('cases.see-all')) throw new Refusal('case.not-yours');
      const { opened, found, policy, checks, evidence, resets, failures, assurance, at, expiresAt } = now;
      const { document } = policy;
      const mails = await mailsOf([...checks, ...resets].map(({ mail_id }) => mail_id));
      const mailOf = (id: string | null) => (id === null ? undefined : mails.get(id));
      const operator = await store.db
        .selectFrom('operators')
        .select('display_name')
        .where('id', '=', opened.operator_id)
        .executeTakeFirst();
      const overdue = opened.state === 'open' && expiresAt <= at;

      const checkOf = (kind: CheckKind): CheckView => {
        const last = checks.find((check) => check.kind === kind);
        const obstacle = now.obstacles.get(kind);
        const destination = destinationOf(kind, found);
        return {
          kind,
          factor: factorOf[kind],
          points: document.points[kind],
          person: null,
          digits: kind === 'emailed-code' ? document.code.digits : null,
          destination: kind === 'emailed-code' ? maskEmail(destination) : maskPhone(destination),
          obstacle: obstacle
            ? { reason: obstacle.reason, since: iso(obstacle.since), until: iso(obstacle.until) }
            : null,
          attempt: last
            ? {
                id: last.id,
                state: (last.state === 'pending' && last.expires_at <= at
                  ? 'expired'
                  : last.state) as NonNullable<CheckView['attempt']>['state'],
                startedAt: isoAt(last.started_at),
                expiresAt: isoAt(last.expires_at),
                settledAt: iso(last.settled_at),
                triesLeft: last.tries_left,
                delivery: (mailOf(last.mail_id)?.state ?? null) as NonNullable<
                  CheckView['attempt']
                >['delivery'],
                deliveryAnswer: mailOf(last.mail_id)?.answer ?? null,
                asked: [],
              }
            : null,
        };
      };

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
        checks: builtKinds.map(checkOf),
        actions: resetActions.map((action) => ({
          action,
          obstacle: actionObstacle(now, action, { session, directory, held: secrets.has }),
        })),
        resets: resets.map((reset) =>
          resetViewOf(reset, mailOf(reset.mail_id), {
            lost: reset.state === 'done' && opened.state === 'open' && !stands(reset, secrets.has),
            now: at,
          }),
        ),
        memory: {
          failed24h: failures.map((failure) => ({
            at: isoAt(failure.at),
            kind: failure.kind as CheckView['kind'],
            ownCase: evidence.some(({ id }) => id === failure.id),
          })),
          approverOnly: now.approverOnly,
          openElsewhere: await openElsewhere(now),
        },
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
