import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import { createAccountActs } from './acts/account-acts.ts';
import { createOperatorActs } from './acts/operator-acts.ts';
import { createSourceActs } from './acts/source-acts.ts';
import { createSettingsActs, type SettingsCollaborators } from './acts/settings-acts.ts';
import { createChangeMails } from './change-mails.ts';
import { createProtectedChanges } from './protected-changes.ts';
import type { Collaborators, ProtectedChanges } from './protected-changes-port.ts';

/** Builds the services of changes that need a second administrator, with the description of every protected endpoint. */
export function createProtectedChangeServices(
  collaborators: Omit<Collaborators, 'mails'> &
    SettingsCollaborators & { readonly mailer: Mailer; readonly mailComposer: MailComposer },
): ProtectedChanges {
  return createProtectedChanges({
    ...collaborators,
    mails: createChangeMails(collaborators),
    acts: {
      ...createSettingsActs(collaborators),
      ...createOperatorActs(collaborators),
      ...createAccountActs(collaborators),
      ...createSourceActs(collaborators),
    },
  });
}
