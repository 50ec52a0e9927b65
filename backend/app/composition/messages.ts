import { join } from 'node:path';
import { createMailServices } from '../../messaging/mail/create-mail-services.ts';
import { createNotifications } from '../../messaging/notifications/notifications.ts';
import { createTextServices } from '../../messaging/text-messages/create-text-services.ts';
import type { Configuration } from './configuration.ts';
import type { Foundation } from './foundation.ts';

export type Messages = ReturnType<typeof createMessages>;

/** What leaves for users: mails, texts, and what owners are told. */
export function createMessages(foundation: Foundation, { mail: fixed = null }: Configuration) {
  const { store, sealed, policy, dataFolder, now } = foundation;
  const mail = createMailServices({ ...foundation, fixed, busy: foundation.hashing.busy });
  const { mailer, mailComposer, templates } = mail;
  const texts = createTextServices({ store, sealed, outboxFolder: join(dataFolder, 'outbox'), now });
  return {
    mail,
    mailer,
    mailComposer,
    templates,
    texts,
    /** Whether they leave this computer, instead of staying in an outbox that operators can read. */
    deliversExternally: async () => ({
      mail: (await mail.settings.read()).settings.transport === 'smtp',
      text: (await texts.settings.read()).settings.transport === 'gateway',
    }),
    notifications: createNotifications({ store, mailer, mailComposer, policy, now }),
  };
}
