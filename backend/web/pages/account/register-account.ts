import type { Phrase } from '../../../casework/cases/phrases.ts';
import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import type { OwnContact } from '../../../self-service/own-contact.ts';
import type { Review } from '../../../self-service/review.ts';
import { noticeOf, nothingAsked } from '../form-fields.ts';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';
import type { Notice } from './account-frame.ts';
import { accountPage, reviewPage } from './account-page.ts';
import { phraseBox } from './phrase-box.ts';
import { requireSignedIn } from './signed-in.ts';

const notices: Readonly<Record<string, Notice>> = {
  changed: { kind: 'good', text: texts.account.passwordChanged },
  reviewed: { kind: 'good', text: texts.account.review.done },
};

/** The account page, and the review after a reset. */
export function registerAccount(
  site: Site,
  {
    enrolment,
    review,
    contact,
    phraseOf,
  }: {
    enrolment: Enrolment;
    review: Review;
    contact: OwnContact;
    phraseOf: (accountId: string) => Phrase | null;
  },
): void {
  const { page, originOf, now } = site;
  const proof = (accountId: string) => phraseBox(phraseOf(accountId), now());
  site.get(
    '/account',
    requireSignedIn(site, async (request, reply, { account }) => {
      const notice = noticeOf(notices, request.query);
      const view = await enrolment.view(account.id);
      return page(
        reply,
        accountPage(account, view, proof(account.id), {
          notice,
          reviewDue: (await review.due(account.id)) !== null,
        }),
      );
    }),
  );
  site.get(
    '/account/review',
    requireSignedIn(site, async (_request, reply, { account }) => {
      const recovery = (await contact.view(account)).recovery.map(({ address }) => address);
      const view = await enrolment.view(account.id);
      return page(reply, reviewPage(account, recovery, view, proof(account.id)));
    }),
  );
  site.form(
    '/account/review',
    nothingAsked,
    requireSignedIn(site, async (request, reply, { account }) => {
      await review.done(account, originOf(request, account));
      return reply.redirect('/account?said=reviewed', 303);
    }),
  );
}
