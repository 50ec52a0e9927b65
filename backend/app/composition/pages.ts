import type { FastifyInstance } from 'fastify';
import type { createOperatorServices } from '../../operators/create-operator-services.ts';
import { registerInvitation } from '../../web/pages/invitation/register-invitation.ts';
import { registerManagersWord } from '../../web/pages/managers-word/register-managers-word.ts';
import { registerNotMe } from '../../web/pages/not-me/register-not-me.ts';
import { registerReport } from '../../web/pages/report/register-report.ts';
import { registerPages } from '../../web/pages/register-pages.ts';
import type { Reports } from '../../casework/reports/reports.ts';
import { requirementOf } from '../../casework/decision/requirement.ts';
import type { createSelfService } from '../../self-service/create-self-service.ts';
import { createManagersAnswers } from '../../casework/verification/managers-answers.ts';
import type { CaseWork } from './case-work.ts';
import type { Foundation } from './foundation.ts';

interface Parts {
  readonly foundation: Foundation;
  readonly desk: ReturnType<typeof createOperatorServices>;
  readonly work: CaseWork;
  readonly selfService: ReturnType<typeof createSelfService>;
  readonly reports: Reports;
}

/** Every page that the backend serves: the users' own, and those behind mailed links. */
export const servePages =
  ({ foundation, desk, work, selfService, reports }: Parts) =>
  async (scope: FastifyInstance): Promise<void> => {
    const { store, directory, policy, keyed, live, publicUrl, onUnexpected, now } = foundation;
    const { freezes, phrases, registry } = work;
    const site = await registerPages(scope, {
      ...selfService,
      held: work.held,
      requirementOf: (accountId) => requirementOf(store.db, accountId),
      phraseOf: phrases.current,
      publicUrl,
      now,
      onUnexpected,
    });
    registerNotMe(site, { freezes, policy });
    registerReport(site, { reports, policy });
    registerManagersWord(site, {
      answers: createManagersAnswers({ store, directory, policy, registry, keyed, live, now }),
      policy,
    });
    registerInvitation(site, { links: desk.links, policy, publicUrl });
  };
