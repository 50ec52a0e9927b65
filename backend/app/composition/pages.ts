import type { FastifyInstance } from 'fastify';
import { readRequirement } from '../../casework/decision/read-requirement.ts';
import { createBrand } from '../../web/pages/brand.ts';
import { registerInvitation } from '../../web/pages/invitation/register-invitation.ts';
import { registerManagersWord } from '../../web/pages/managers-word/register-managers-word.ts';
import { registerNotMe } from '../../web/pages/not-me/register-not-me.ts';
import { registerPages } from '../../web/pages/register-pages.ts';
import { registerReport } from '../../web/pages/report/register-report.ts';
import type { Desk } from './compose-desk.ts';
import type { ServerFoundation } from './foundation.ts';

/** Every page that the backend serves: self-service, and the pages behind mailed links. */
export const servePages =
  ({ store, policy, channels, sealed, logo, publicUrl, onUnexpected, now }: ServerFoundation, desk: Desk) =>
  async (scope: FastifyInstance): Promise<void> => {
    const { casework, operators, selfService, reports } = desk;
    const site = await registerPages(scope, {
      ...selfService,
      held: casework.held,
      readRequirement: (accountId) => readRequirement(store.db, accountId),
      phraseOf: casework.phrases.current,
      channels,
      sealed,
      brand: createBrand({ logo, policy }),
      publicUrl,
      now,
      onUnexpected,
    });
    registerNotMe(site, { freezes: casework.freezes, policy });
    registerReport(site, { reports, policy });
    registerManagersWord(site, { answers: casework.managersAnswers, policy });
    registerInvitation(site, { links: operators.links, policy, publicUrl });
  };
