import { join } from 'node:path';
import type { Live } from '../../live/live.ts';
import type { ChannelHealth } from '../channel-health.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import type { Store } from '../../store/store.ts';
import { processReports } from './bounces/bounce-folder.ts';
import { createMailer } from './create-mailer.ts';
import type { SettledMail } from './mailer.ts';
import { createMailSettings, type StoredMailSettings } from './mail-settings.ts';
import { createMailOutbox } from './mail-outbox.ts';
import type { MailLogo } from './templates/mail-logo.ts';

interface Collaborators {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly live: Live;
  readonly trust: ReadTrust;
  readonly dataFolder: string;
  readonly health: ChannelHealth;
  readonly organisation: () => Promise<string>;
  readonly logo: () => Promise<MailLogo | null>;
  /** The mail server settings from the environment, which override the stored ones. */
  readonly fixed: StoredMailSettings | null;
  /** Ends running attempts to send a mail. */
  readonly stopping?: AbortSignal;
  /** Whether password hashing is saturated. */
  readonly busy?: () => boolean;
  readonly now: () => number;
}

/** Builds the services of mail and hands them to each other. */
export function createMailServices(collaborators: Collaborators) {
  const { store, sealed, live, trust, dataFolder, health, fixed, now } = collaborators;
  const outboxFolder = join(dataFolder, 'outbox');
  const settings = createMailSettings({
    store,
    sealed,
    fixed,
    onChange: () => health.forget('mail'),
    now,
  });
  const onChange = ({ kind, accountId, caseId }: Pick<SettledMail, 'kind' | 'accountId' | 'caseId'>) => {
    if (kind === 'required-reset') live.publish({ type: 'required-reset-changed' });
    if (caseId !== null) live.publish({ type: 'case-changed', caseId });
    else if (accountId !== null) live.publish({ type: 'account-changed', accountId });
  };
  const mailer = createMailer({
    store,
    settings,
    sealed,
    trust,
    outboxFolder,
    organisation: collaborators.organisation,
    logo: collaborators.logo,
    health,
    onChange,
    now,
    ...(collaborators.stopping && { stopping: collaborators.stopping }),
    ...(collaborators.busy && { busy: collaborators.busy }),
  });
  return {
    settings,
    mailer,
    outbox: createMailOutbox({ store, folder: outboxFolder }),
    /** Tries the due mails, then reads the delivery reports that have arrived. */
    deliverDue: async () => {
      await mailer.deliverDue();
      await processReports(dataFolder, store, now, onChange);
    },
  };
}
