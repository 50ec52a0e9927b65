import type * as mailTemplateApi from '../../../shared/api/mail-template.ts';
import { deskTime } from '../../messaging/mail/desk-time.ts';
import { contactLines } from '../../messaging/mail/contact-lines.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import { assertValidTemplate } from '../../messaging/mail/templates/check-template.ts';
import { inlineSource, withLogo, type MailLogo } from '../../messaging/mail/templates/mail-logo.ts';
import { renderMail } from '../../messaging/mail/templates/render-mail.ts';
import type { Templates } from '../../messaging/mail/templates/templates.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { TemplateName, TemplateTexts } from '../../../shared/api/mail-template.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly templates: Templates;
  readonly mailer: Mailer;
  readonly policy: PolicyInForce;
  /** The organisation's logo in mails; null without one. */
  readonly mailLogo: () => Promise<MailLogo | null>;
  readonly publicUrl: () => string;
  readonly now: () => number;
}

/** The mail templates over HTTP. Previews and test mails use the data of an invented person. */
export function createMailTemplateHandlers(collaborators: Collaborators): Handlers<typeof mailTemplateApi> {
  const { templates, mailer, policy, mailLogo, publicUrl, now } = collaborators;
  const example = async (name: TemplateName, { subject, body }: TemplateTexts) => {
    assertValidTemplate(name, { subject, body });
    const { deskContact } = (await policy.current()).document;
    return renderMail(
      name,
      { subject, body },
      {
        name: 'Marlene Okafor',
        userName: 'm.okafor',
        time: deskTime(now(), deskContact),
        code: '123 456',
        minutes: '5',
        link: `${publicUrl()}/reset/an-example`,
        hours: '24',
        password: 'kR4-tWm-9qX-hd7',
        how: 'A temporary password was given to the person who called.',
        what: 'the email address',
        reason: 'Passwords of another service were stolen.',
        due: deskTime(now() + 14 * 24 * 3_600_000, deskContact),
        contact: contactLines(deskContact),
        operator: 'Olga Operator',
        manager: 'Priya Nguyễn',
        words: 'amber canoe lantern',
        until: deskTime(now() + 30 * 60_000, deskContact),
        left: '7',
        notMe: `${publicUrl()}/not-me/an-example`,
      },
      deskContact.organisation,
    );
  };
  return {
    listTemplates: async () => ({ templates: await templates.list() }),
    changeTemplate: ({ params, body, origin }) =>
      templates.change(params.template, body.basedOn, body.words, origin),
    async previewTemplate({ params, body }) {
      const [letter, logo] = await Promise.all([example(params.template, body), mailLogo()]);
      return { ...letter, html: withLogo(letter.html, logo, logo === null ? '' : inlineSource(logo)) };
    },
    testTemplate: async ({ params, body: { to, ...words } }) => {
      const letter = await example(params.template, words);
      const { state, answer } = await mailer.send({
        kind: 'test',
        to,
        ...letter,
        accountId: null,
        caseId: null,
      });
      if (state !== 'accepted' && state !== 'kept-in-outbox')
        throw new Refusal('mail.failed', { ...(answer !== null && { detail: answer }) });
      return { delivery: state, answer };
    },
  };
}
