import type { ScreenPassword } from '../passwords/breached-passwords/screen-password.ts';
import type { Live } from '../live/live.ts';
import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import type { Policy } from '../policy/policy.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { HttpClient } from '../outbound/http-client.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Store } from '../store/store.ts';
import { createOperatorList } from './list/invite-list.ts';
import { createAdministration } from './administration.ts';
import type { DirectoryRegistry } from '../directories/configured/directory-registry.ts';
import { createDirectorySignInStore } from './directory/change-settings.ts';
import { createDirectoryProof } from './directory/directory-proof.ts';
import { createFollowDirectory } from './directory/follow-directory.ts';
import { createLockedSessions } from './locked-sessions.ts';
import { createOperatorLinks } from './operator-links.ts';
import { createOperatorMails } from './operator-mails.ts';
import { withOperatorNotices } from './operator-notices.ts';
import { createOperatorRows } from './operator-rows.ts';
import { createJudgeOperatorPassword } from './judge-operator-password.ts';
import { createLockout } from './lockout.ts';
import type { EventWindows } from '../store/event-windows.ts';
import { createOperators, type OperatorHashing } from './operators.ts';
import { createOwnAccount } from './own-account.ts';
import { createBackChannelLogout } from './provider/back-channel-logout.ts';
import { createProviderSettings } from './provider/provider-settings.ts';
import { createProviderSignIn } from './provider/provider-sign-in.ts';
import { loadRelyingParty } from './provider/load-relying-party.ts';
import { createSecondFactor } from './second-factor/second-factor.ts';
import { createSessionList } from './session-list.ts';
import { createSessions } from './sessions.ts';
import { createSignIn } from './sign-in.ts';
import { createSignInTickets } from './sign-in-tickets.ts';

interface Collaborators {
  readonly store: Store;
  readonly policy: Policy;
  readonly screenPassword: ScreenPassword;
  readonly hashing: OperatorHashing;
  readonly eventWindows: EventWindows;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly live: Live;
  readonly http: HttpClient;
  readonly registry: DirectoryRegistry;
  readonly publicUrl: () => string;
  readonly onUnexpected: (where: string, thrown: unknown) => void;
  readonly now: () => number;
}

/** Builds the services of operators and hands them to each other. */
export function createOperatorServices(collaborators: Collaborators) {
  const { policy, screenPassword, keyed, sealed, live, publicUrl, onUnexpected, now } = collaborators;
  const mails = createOperatorMails(collaborators);
  const store = withOperatorNotices(collaborators.store, mails, { policy, now });
  const judge = createJudgeOperatorPassword({ policy, screenPassword });
  const { hashing, eventWindows } = collaborators;
  const lockout = createLockout({ keyed, now });
  const { registry } = collaborators;
  const directoryProof = createDirectoryProof({ store, registry, live, now });
  const operators = createOperators({
    store,
    policy,
    judge,
    hashing,
    lockout,
    directoryProof,
    eventWindows,
    now,
  });
  const sessions = createSessions({ store, policy, keyed, lockout, now });
  const secondFactor = createSecondFactor({
    store,
    policy,
    lockout,
    keyed,
    sealed,
    onRecoveryCode: (operator, left) => {
      // Sent without waiting, so that it does not delay the sign-in.
      if (operator.email === null) return;
      mails.sendRecoveryCodeNotice(operator, operator.email, left).catch((thrown: unknown) => {
        onUnexpected('recovery code mail', thrown);
      });
    },
    now,
  });
  const links = createOperatorLinks({
    store,
    judge,
    hashing: hashing.strangers,
    mails,
    keyed,
    live,
    eventWindows,
    publicUrl,
    now,
  });
  const tickets = createSignInTickets({ keyed, now });
  const steps = createSignIn({ store, policy, tickets, sessions, secondFactor, lockout, now });
  const providerSettings = createProviderSettings({ store, sealed, now });
  const party = loadRelyingParty(collaborators.http, now);
  return {
    operators,
    sessions,
    lockedSessions: createLockedSessions({ store, keyed, now }),
    secondFactor,
    links,
    steps,
    directorySignIn: createDirectorySignInStore({ store, sealed, registry, live, now }),
    followDirectory: createFollowDirectory({ store, registry, live, now }),
    providerSettings,
    party,
    backChannelLogout: createBackChannelLogout({
      store,
      live,
      settings: providerSettings,
      party,
      eventWindows,
      now,
    }),
    providerSignIn: createProviderSignIn({
      store,
      live,
      settings: providerSettings,
      party,
      tickets,
      sealed,
      sessions,
      steps,
      eventWindows,
      now,
    }),
    sessionList: createSessionList({ store, live, now }),
    administration: createAdministration({ store, links, live, now }),
    list: createOperatorList({ store, links, now }),
    rows: createOperatorRows({ store, now }),
    own: createOwnAccount({
      store,
      policy,
      operators,
      judge,
      hashing: hashing.desk,
      lockout,
      secondFactor,
      tickets,
      live,
      now,
    }),
  };
}
