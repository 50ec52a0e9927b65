import type { Secret } from '../../../shared/secret/secret.ts';
import type { StoredMailSettings } from '../../messaging/mail/mail-settings.ts';
import type { PostgresqlSettings } from '../../store/open-postgresql.ts';

/** Poll intervals in milliseconds; each defaults to the product's own. */
export interface PollIntervals {
  readonly mailQueue?: number;
  readonly linkRequests?: number;
  readonly requiredResets?: number;
  readonly sweep?: number;
}

/** What the backend is started with. */
export interface Configuration {
  readonly dataFolder: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly mode: 'embedded' | 'server';
  readonly version: string;
  /** Where users reach the pages; by default the address that is listened on. */
  readonly publicUrl?: string;
  /** Given by whoever starts the backend; made at random otherwise. */
  readonly setupCode?: string;
  /** The mail server that the environment names; goes before the stored one. */
  readonly mail?: StoredMailSettings | null;
  /** PostgreSQL; without it a SQLite file in the data folder. */
  readonly database?: PostgresqlSettings;
  /** Where breached passwords are looked up: a folder of range files, or the address of a range API. */
  readonly breachedPasswords?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The proxies whose word about the computer behind them counts, as addresses and networks; by default nobody's. */
  readonly trustProxy?: string;
  /** Calls of one computer in a minute that need no session; 60 unless said otherwise. */
  readonly strangersPerMinute?: number;
  readonly now?: () => number;
  /** Set by tests alone, which poll more often; neither the environment nor the console can set it. */
  readonly pollIntervals?: PollIntervals;
  /** Lines for the log: an event and plain facts. */
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

/** A backend that listens. */
export interface RunningBackend {
  readonly port: number;
  readonly publicUrl: string;
  /** Null when there is an operator already. */
  readonly setupCode: Secret | null;
  /** Lets running requests end, then closes the database. */
  stop(): Promise<void>;
}
