import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../../shared/secret/secret.ts';
import { readDirectoryNames } from '../../directories/directory-names.ts';
import { createAccountSearch, type AccountSearch } from '../../accounts/search/account-search.ts';
import type { KeptHead } from '../../audit/kept-head.ts';
import {
  createDirectoryRegistry,
  type DirectoryRegistry,
} from '../../directories/configured/directory-registry.ts';
import { createDirectorySettings } from '../../directories/configured/directory-settings.ts';
import { routeDirectories } from '../../directories/configured/route-directories.ts';
import type { Directory } from '../../directories/directory.ts';
import { createLive, type Live } from '../../live/live.ts';
import { createChannelHealth } from '../../messaging/channel-health.ts';
import { createChannels, type Channels } from '../../messaging/channels.ts';
import { createMailServices } from '../../messaging/mail/create-mail-services.ts';
import type { Mailer } from '../../messaging/mail/mailer.ts';
import { createTextServices } from '../../messaging/text-messages/create-text-services.ts';
import type { TextSender } from '../../messaging/text-messages/text-sender.ts';
import { isUnreachableAddress } from '../../network/public-address.ts';
import { openBreachedPasswords } from '../../passwords/breached-passwords/open-breached-passwords.ts';
import {
  createScreenPassword,
  type ScreenPassword,
} from '../../passwords/breached-passwords/screen-password.ts';
import {
  createHashingQueue,
  maxConcurrentHashes,
  type PasswordHashing,
} from '../../passwords/password-hashing/hashing-queue.ts';
import { createHttpClient, type HttpClient } from '../../outbound/http-client.ts';
import { createLogo } from '../../messaging/branding/logo.ts';
import { createTrustSettings } from '../../outbound/trust-settings.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { createPolicy, type Policy } from '../../policy/policy.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import { createKeyedHash, type KeyedHash } from '../../store/keyed-hash.ts';
import { createSealed, type Sealed } from '../../store/sealed.ts';
import { unreadableSecrets } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { Configuration } from './configuration.ts';
import { openStorage, type Storage } from './open-storage.ts';
import { createReadiness } from './readiness.ts';
import { createUnexpectedLog } from './unexpected-log.ts';

/**
 * The parts that a desk is built on: a clock, a store and its keys, a policy, a directory, and the senders of mails and texts. The real desk, the
 * desk of a drill and the state machine's tests each have a foundation of their own; `composeDesk` builds the same services on any of them.
 */
export interface Foundation {
  readonly version: string;
  readonly mode: Configuration['mode'];
  readonly log: Configuration['log'];
  /** Logs an unexpected error. `reference` says where it happened, or is shown to the user who got it. */
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
  /** Milliseconds. */
  readonly now: () => number;
  readonly store: Store;
  readonly auditKey: AuditKey;
  /** Stores the newest signed head of the audit log outside the database. */
  readonly keptHead: KeptHead;
  readonly keyed: KeyedHash;
  readonly sealed: Sealed;
  readonly policy: Policy;
  readonly directory: Directory;
  /** The external directories that administrators configured; a drill's desk has none. */
  readonly registry: DirectoryRegistry;
  readonly search: AccountSearch;
  readonly live: Live;
  readonly screenPassword: ScreenPassword;
  /** Certificates for outgoing connections. */
  readonly trust: ReadTrust;
  readonly http: HttpClient;
  /** Separate lanes, so that many users at the pages or at the sign-in do not delay the help desk. */
  readonly hashing: {
    readonly pages: PasswordHashing;
    /** Sign-ins of operators, and their links: anyone can ask for these. */
    readonly strangers: PasswordHashing;
    readonly desk: PasswordHashing;
    readonly busy: () => boolean;
  };
  readonly mailer: Mailer;
  readonly texts: TextSender;
  /** Which channels can be offered, by their settings and their last messages. */
  readonly channels: Channels;
  /** Where users reach the pages. */
  readonly publicUrl: () => string;
  /** Entered to create the first administrator. */
  readonly setupCode: Secret;
  /** Closes the database and releases the data folder for the next backend. */
  close(): Promise<void>;
}

/** Passwords queued in one lane: at 7 ms each, two at a time, the last is hashed within a second. */
const maxQueued = 100;

/** Opens the real desk's foundation as it is configured, with the settings and outboxes of mails and texts. `opened` is the storage, if it is open already. */
export async function openFoundation(configuration: Configuration, opened?: Storage) {
  const { dataFolder, version, mode, log, now = Date.now } = configuration;
  const storage = opened ?? (await openStorage(configuration));
  const { key, auditKey, keptHead, store, probe } = storage;
  const sealed = createSealed(key);
  const keyed = createKeyedHash(key);
  const unreadable = await unreadableSecrets(store.db, sealed);
  if (unreadable.length > 0) log('stored-secrets-unreadable', { enterAgain: unreadable.join(', ') });
  const search = createAccountSearch({
    index: storage.searchIndex(),
    directoryNames: () => readDirectoryNames(store.db),
    now,
  });
  const trustSettings = createTrustSettings({ store, sealed, now });
  const trust = trustSettings.read;
  const http = createHttpClient(trust);
  const registry = createDirectoryRegistry({
    store,
    sealed,
    log,
    trust,
    now,
    ...(configuration.directoryTimeouts && { timeouts: configuration.directoryTimeouts }),
  });
  const source = openBreachedPasswords(configuration.breachedPasswords, http);
  const policy = createPolicy({ store, now, breachedList: source?.kind ?? 'none' });
  const { lane, busy } = createHashingQueue({ maxConcurrent: maxConcurrentHashes(availableParallelism()) });
  const live = createLive();
  const health = createChannelHealth(now);
  let publicUrl = configuration.publicUrl ?? '';
  const logo = createLogo({ store, sealed, now });
  const organisation = async () => (await policy.current()).document.deskContact.organisation;
  const mailLogo = async () => {
    const shown = await logo.shown();
    return shown && { ...shown, alt: (await organisation()) || 'Reset Desk' };
  };
  const stopping = new AbortController();
  const mail = createMailServices({
    store,
    sealed,
    live,
    dataFolder,
    health,
    fixed: configuration.mail ?? null,
    organisation,
    logo: mailLogo,
    trust,
    stopping: stopping.signal,
    busy,
    now,
  });
  const outboxFolder = join(dataFolder, 'outbox');
  const textServices = createTextServices({ store, sealed, http, health, outboxFolder, now });
  return {
    version,
    mode,
    dataFolder,
    log,
    onUnexpected: createUnexpectedLog(log, Date.now),
    now,
    store,
    auditKey,
    keptHead,
    keyed,
    sealed,
    policy,
    directory: routeDirectories({ store, registry, keyed, now }),
    registry,
    directorySettings: createDirectorySettings({ store, sealed, trust, now }),
    search,
    live,
    screenPassword: createScreenPassword({ store, policy, source }),
    trust,
    http,
    hashing: { pages: lane(maxQueued), strangers: lane(maxQueued), desk: lane(maxQueued), busy },
    mailer: mail.mailer,
    texts: textServices.sender,
    health,
    channels: createChannels({
      mail: mail.settings,
      texts: textServices.settings,
      health,
      mode,
      publicUrl: () => publicUrl,
      ...(configuration.outboxDelivers !== undefined && { outboxDelivers: configuration.outboxDelivers }),
      now,
    }),
    publicUrl: () => publicUrl,
    updateFeed: configuration.updateFeed ?? null,
    setupCode: new Secret(configuration.setupCode ?? randomBytes(15).toString('base64url')),
    mail,
    textServices,
    trustSettings,
    logo,
    mailLogo,
    readiness: createReadiness(probe),
    /** Links lead to the address that the server listens on, unless a public one is configured. */
    listeningAt: (address: string) => {
      if (publicUrl === '') publicUrl = address;
      if (mode === 'server' && isUnreachableAddress(publicUrl))
        log('address-unreachable', { links: publicUrl, set: 'RESET_DESK_PUBLIC_URL' });
    },
    /** Ends attempts to send a mail that still run, because the server does not answer. */
    cutMailsShort: () => {
      stopping.abort(new Error('The backend stops.'));
    },
    close: async () => {
      search.close();
      await registry.close();
      await storage.close();
    },
  } satisfies Foundation & Record<string, unknown>;
}
export type ServerFoundation = Awaited<ReturnType<typeof openFoundation>>;
