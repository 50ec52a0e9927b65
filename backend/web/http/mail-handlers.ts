import type * as mailApi from '../../../shared/api/mail.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import type { MailSettingsStore } from '../../messaging/mail/mail-settings.ts';
import type { MailOutbox } from '../../messaging/mail/mail-outbox.ts';
import { isUnreachableAddress } from '../../network/public-address.ts';
import { senderFault } from '../../messaging/mail/sender-fault.ts';
import { Refusal } from '../../refusal.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly settings: MailSettingsStore;
  readonly mailer: Mailer;
  readonly outbox: MailOutbox;
  /** The base of the links in mails. */
  readonly publicUrl: () => string;
}

/** The mail settings and the outbox over HTTP. */
export function createMailHandlers({
  settings,
  mailer,
  outbox,
  publicUrl,
}: Collaborators): Handlers<typeof mailApi> {
  const view = async () => {
    const stored = await settings.read();
    return {
      ...stored.settings,
      passwordStored: stored.password !== null,
      fixed: settings.fixed,
      unreachableAddress: isUnreachableAddress(publicUrl()) ? publicUrl() : null,
    };
  };
  return {
    listOutbox: async ({ query, session }) => {
      const active = (await settings.read()).settings.transport === 'outbox';
      return {
        active,
        folder: active ? outbox.folder : null,
        mails: await outbox.list(query.limit, session.operator),
      };
    },
    getOutboxMail: ({ params, origin }) => outbox.read(params.mailId, origin),
    getMailSettings: () => view(),
    changeMailSettings: async ({ body: { password, ...chosen }, origin }) => {
      if (chosen.transport === 'smtp' && chosen.host === '') {
        throw new Refusal('request.invalid', {
          fields: [{ path: 'body.host', message: 'Enter the mail server.' }],
        });
      }
      const fault = chosen.transport === 'smtp' ? senderFault(chosen.from) : null;
      if (fault !== null)
        throw new Refusal('request.invalid', {
          fields: [{ path: 'body.from', message: fault }],
          detail: fault,
        });
      await settings.change(chosen, password, origin);
      return view();
    },
    sendTestMail: async ({ body: { to } }) => {
      const text = 'This is a test mail from Reset Desk. If you can read it, mail delivery works.';
      const test = {
        kind: 'test',
        to,
        subject: 'Test mail from Reset Desk',
        text,
        accountId: null,
        caseId: null,
      } as const;
      const { state, answer } = await mailer.send(test);
      if (state !== 'accepted' && state !== 'kept-in-outbox')
        throw new Refusal('mail.failed', { ...(answer !== null && { detail: answer }) });
      return { delivery: state, answer };
    },
  };
}
