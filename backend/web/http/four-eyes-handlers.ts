import type * as alertApi from '../../../shared/api/alert.ts';
import type * as approvalApi from '../../../shared/api/approval.ts';
import type * as flagApi from '../../../shared/api/flag.ts';
import type * as heldChangeApi from '../../../shared/api/held-change.ts';
import type { Alerts } from '../../casework/alert/alerts.ts';
import type { ApprovalRows } from '../../casework/approvals/approval-rows.ts';
import type { Approvals } from '../../casework/approvals/approvals-port.ts';
import type { CaseViews } from '../../casework/cases/case-view.ts';
import type { Flags } from '../../casework/flags/flags.ts';
import type { HeldChanges } from '../../credentials/own-changes/held-changes.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly approvals: Approvals;
  readonly rows: ApprovalRows;
  readonly views: CaseViews;
  readonly flags: Flags;
  readonly alerts: Alerts;
  readonly held: HeldChanges;
}

/** What needs a second operator, over HTTP: approvals, held changes, flags and the raised alert. */
export function createFourEyesHandlers({
  approvals,
  rows,
  views,
  flags,
  alerts,
  held,
}: Collaborators): Handlers<typeof alertApi & typeof approvalApi & typeof flagApi & typeof heldChangeApi> {
  return {
    askApproval: async ({ params: { caseId }, body, session, origin }) => {
      await approvals.ask(caseId, body, session, origin);
      return views.view(caseId, session);
    },
    withdrawApproval: async ({ params: { caseId, approvalId }, session, origin }) => {
      await approvals.withdraw(caseId, approvalId, session, origin);
      return views.view(caseId, session);
    },
    listApprovals: ({ session }) => rows.queue(session),
    getApproval: async ({ params, session }) => {
      const approval = await rows.one(params.approvalId, session);
      return { approval, case: await views.view(approval.caseId, session) };
    },
    decideApproval: async ({ params, body, session, origin }) => {
      await approvals.decide(params.approvalId, body, session, origin);
      return rows.one(params.approvalId, session);
    },
    listFlags: async ({ session }) => ({ flags: await flags.list(session) }),
    clearFlag: async ({ params, body, session, origin }) => {
      await flags.clear(params.flagId, body.reason, session, origin);
      return { flags: await flags.list(session) };
    },
    listHeldChanges: async ({ session }) => ({ held: await held.list(session) }),
    getHeldChange: async ({ params, session }) => {
      const change = await held.get(params.changeId, session);
      return { change, case: await views.view(change.caseId, session) };
    },
    decideHeldChange: async ({ params, body, session, origin }) => {
      await held.decide(params.changeId, body, session, origin);
      return { held: await held.list(session) };
    },
    getAlert: ({ session }) => alerts.view(session),
    raiseAlert: async ({ body, session, origin }) => {
      await alerts.raise(body, session, origin);
      return alerts.view(session);
    },
    secondAlert: async ({ params, session, origin }) => {
      await alerts.second(params.alertId, session, origin);
      return alerts.view(session);
    },
    endAlert: async ({ session, origin }) => {
      await alerts.end(session, origin);
      return alerts.view(session);
    },
  };
}
