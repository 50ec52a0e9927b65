import type { Secret } from '../../../shared/secret/secret.ts';
import type { StoredMailSettings } from '../../messaging/mail/mail-settings.ts';
import type { PostgresqlSettings } from '../../store/open-postgresql.ts';

/** Poll intervals in milliseconds; each defaults to the product's own. */
export interface PollIntervals {
  readonly mailQueue?: number;
  readonly linkRequests?: number;
  readonly requiredResets?: number;
  /** How often to look for directories that are due. */
  readonly directoryFeeds?: number;
  /** From one read of a directory's changes to the next. */
  readonly directoryChanges?: number;
  readonly directoryTasks?: number;
  readonly directoryOperators?: number;
  readonly fileFeeds?: number;
  readonly searchWarmUp?: number;
  readonly sweep?: number;
}

/** The settings with which a backend starts. */
export interface Configuration {
  readonly dataFolder: string;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly mode: 'embedded' | 'server';
  readonly version: string;
  /** Where users reach the pages; defaults to the address that the server listens on. */
  readonly publicUrl?: string;
  /** Random by default. */
  readonly setupCode?: string;
  /** The mail server from the environment; overrides the stored one. */
  readonly mail?: StoredMailSettings | null;
  /** PostgreSQL; defaults to a SQLite file in the data folder. */
  readonly database?: PostgresqlSettings;
  /** Milliseconds for which the start waits for a PostgreSQL that is unreachable or starting; 0 by default. */
  readonly databaseWaitMs?: number;
  /** The list of breached passwords: a folder of range files, or the address of a range API. */
  readonly breachedPasswords?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Addresses and networks of the proxies whose `X-Forwarded-For` is trusted; none by default. */
  readonly trustProxy?: string;
  /** The https address below which consoles find newer versions of themselves. */
  readonly updateFeed?: string;
  /** The value of the header `Strict-Transport-Security`; not sent by default, since it would also bind other services of the name to HTTPS. */
  readonly hsts?: string;
  /** Unauthenticated calls that one network may make per minute; 60 by default. */
  readonly strangersPerMinute?: number;
  /**
   * Calls that one session may make in ten seconds; 1,000 by default, which is far more than a console makes, and few enough to leave capacity for
   * all others.
   */
  readonly callsPerSession?: number;
  readonly now?: () => number;
  /** Only tests set it, to poll more often; neither the environment nor the console can. */
  readonly pollIntervals?: PollIntervals;
  /** Only tests set it, to wait less for silent directories. Milliseconds to connect, and for one answer. */
  readonly directoryTimeouts?: { readonly connectMs: number; readonly requestMs: number };
  /** Only tests set it, because they read the outbox in the user's place: messages in it count as delivered. */
  readonly outboxDelivers?: boolean;
  /** Writes a line of the log. The facts must hold no secret and no personal data. */
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

/** A backend that accepts requests. */
export interface RunningBackend {
  readonly port: number;
  readonly publicUrl: string;
  /** Null once there is an operator. */
  readonly setupCode: Secret | null;
  /** Waits for running requests, then closes the database. */
  stop(): Promise<void>;
}
