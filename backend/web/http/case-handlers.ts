import type * as caseCallsApi from '../../../shared/api/case-calls.ts';
import type * as checkCallsApi from '../../../shared/api/check-calls.ts';
import type * as deskApi from '../../../shared/api/desk.ts';
import type { CaseRows } from '../../casework/cases/case-rows.ts';
import type { Phrases } from '../../casework/cases/phrases.ts';
import type { CaseViews } from '../../casework/cases/case-view.ts';
import type { Cases } from '../../casework/cases/cases-port.ts';
import type { Grants } from '../../casework/grants/mint-grant.ts';
import type { Unlocks } from '../../casework/unlocks/unlock-account.ts';
import type { Checks } from '../../casework/verification/checks.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly cases: Cases;
  readonly views: CaseViews;
  readonly rows: CaseRows;
  readonly checks: Checks;
  readonly grants: Grants;
  readonly unlocks: Unlocks;
  readonly phrases: Phrases;
}

/** Cases, their checks and their grants over HTTP. Each answer has the state of the case after the request. */
export function createCaseHandlers({
  cases,
  views,
  rows,
  checks,
  grants,
  unlocks,
  phrases,
}: Collaborators): Handlers<typeof caseCallsApi & typeof checkCallsApi & typeof deskApi> {
  return {
    openCase: async ({ body, session, origin }) =>
      views.view(await cases.open(body, session, origin), session),
    openLinkedCase: async ({ params, body, session, origin }) =>
      views.view(await cases.openLinked(params.caseId, body.accountId, session, origin), session),
    getCase: ({ params, session }) => views.view(params.caseId, session),
    listCases: ({ query, session }) => rows.list(query, session),
    exportCases: async ({ query, session, origin }) => ({
      name: 'cases.csv',
      type: 'text/csv',
      content: await rows.export(query, session, origin),
    }),
    changeCase: async ({ params: { caseId }, body, session, origin }) => {
      await cases.change(caseId, body, session, origin);
      return views.view(caseId, session);
    },
    refuseCase: async ({ params: { caseId }, body, session, origin }) => {
      await cases.refuse(caseId, body, session, origin);
      return views.view(caseId, session);
    },
    closeCase: async ({ params: { caseId }, session, origin }) => {
      await cases.close(caseId, session, origin);
      return views.view(caseId, session);
    },
    startCheck: async ({ params: { caseId }, body, session, origin }) => {
      const { callNumber } = await checks.start(caseId, body.kind, session, origin);
      return { case: await views.view(caseId, session), callNumber };
    },
    answerCheck: async ({ params: { caseId, checkId }, body, session, origin }) => {
      const outcome = await checks.answer(caseId, checkId, body, session, origin);
      return { outcome, case: await views.view(caseId, session) };
    },
    mintGrant: ({ params, body, session, origin }) =>
      grants.mint(params.caseId, body.action, session, origin, body.insteadOf),
    unlockAccount: async ({ params: { caseId }, body, session, origin }) => {
      await unlocks.unlock({ caseId, grantId: body.grantId }, session, origin);
      return views.view(caseId, session);
    },
    sendPhrase: ({ params, session, origin }) => phrases.send(params.caseId, session, origin),
    getDesk: ({ query, session }) => rows.desk(Date.parse(query.dayStart), session),
  };
}
