import type * as requiredResetApi from '../../../shared/api/required-reset.ts';
import { deskTime } from '../../messaging/mail/desk-time.ts';
import { contactLines } from '../../messaging/mail/contact-lines.ts';
import { renderMail } from '../../messaging/mail/templates/render-mail.ts';
import type { Templates } from '../../messaging/mail/templates/templates.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { RequiredResets } from '../../casework/required-resets/required-resets.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly requiredResets: RequiredResets;
  readonly templates: Templates;
  readonly policy: PolicyInForce;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** Required resets over HTTP. */
export function createRequiredResetHandlers(collaborators: Collaborators): Handlers<typeof requiredResetApi> {
  const { requiredResets, templates, policy, publicUrl, now } = collaborators;
  return {
    listRequiredResets: async ({ query }) => ({ requiredResets: await requiredResets.list(query.limit) }),
    getRequiredReset: ({ params }) => requiredResets.get(params.requiredResetId),
    listRequiredResetAccounts: ({ params, query, session }) =>
      requiredResets.accounts(params.requiredResetId, query, session),
    getRequiredResetChoices: async () => ({ departments: await requiredResets.departments() }),
    previewRequiredReset: ({ body, session }) => requiredResets.preview(body.audience, session),
    previewRequiredResetMail: async ({ body: { reason, dueAt } }) => {
      const words = await templates.texts('required-reset');
      const { deskContact } = (await policy.current()).document;
      const { subject, text } = renderMail('required-reset', words, {
        name: 'Marlene Okafor',
        userName: 'm.okafor',
        time: deskTime(now(), deskContact),
        reason: reason === '' ? '…' : reason,
        due: deskTime(Date.parse(dueAt), deskContact),
        link: `${publicUrl()}/change-password`,
        notMe: `${publicUrl()}/not-me/an-example`,
        contact: contactLines(deskContact),
      });
      return { subject, text };
    },
    startRequiredReset: ({ body, session, origin }) => requiredResets.start(body, session, origin),
    exportRequiredReset: async ({ params, session, origin }) => ({
      name: 'required-reset-missing.csv',
      type: 'text/csv',
      content: await requiredResets.exportMissing(params.requiredResetId, session, origin),
    }),
    tellRequiredResetAgain: ({ params, session, origin }) =>
      requiredResets.notifyAgain(params.requiredResetId, session, origin),
    stopRequiredReset: ({ params, body, session, origin }) =>
      requiredResets.stop(params.requiredResetId, body.reason, session, origin),
  };
}
