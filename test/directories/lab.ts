import type {
  ExternalCapabilities,
  ExternalDirectory,
} from '../../backend/directories/external/external-directory.ts';
import type { IssuedCertificate } from '../fixtures/certificate-authority.ts';
import type { FaultyProxy } from '../fixtures/faulty-proxy.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface ConnectOptions {
  /** These servers replace the lab's own. */
  readonly servers?: readonly Address[];
  readonly servicePassword?: string;
  /** Uses a service account that may only read. */
  readonly withoutRights?: boolean;
  /** PEM; empty for the system's authorities alone. */
  readonly authority?: string;
  readonly timeoutMs?: number;
  /** How far this computer's clock is ahead of the directory's, in milliseconds. */
  readonly clockAheadMs?: number;
}

export interface NewAccount {
  readonly userName: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly phones?: readonly [trusted: string, other: string];
  readonly employeeNumber?: string;
  readonly department?: string;
  /** User name of the manager. */
  readonly manager?: string;
  /** In a nested group that the settings name as privileged. */
  readonly isPrivileged?: boolean;
  /** Below a unit outside the scope. */
  readonly isOutside?: boolean;
}

/** One real directory with its adapter, and the administrator's access that bypasses the adapter. */
export interface DirectoryLab {
  readonly kind: ExternalDirectory['kind'];
  readonly capabilities: Partial<ExternalCapabilities>;
  readonly server: Address;
  /** Settings of a directory for the lab's scope; the service account's password is {@link servicePassword}. */
  readonly settings: object;
  readonly authority: string;
  /** Those settings with another server, such as a bridge. */
  settingsAt(server: Address): object;
  connect(options?: ConnectOptions): ExternalDirectory;
  /** The account's password is {@link startPassword}. */
  add(account: NewAccount): Promise<string>;
  keyOf(userName: string): Promise<string>;
  rename(userName: string, next: string): Promise<void>;
  moveOutside(userName: string): Promise<void>;
  remove(userName: string): Promise<void>;
  setPhone(userName: string, phone: string): Promise<void>;
  /** Takes the account out of the privileged group; absent where groups have no distinguished names. */
  readonly leaveGroup?: (userName: string) => Promise<void>;
  /** Signs in as the user, for adapters that cannot. */
  readonly signIn?: (key: string, password: string) => ReturnType<ExternalDirectory['verifyPassword']>;
  /** Changes a user's password as that user, for adapters that cannot. */
  readonly changeAsUser?: (key: string, current: string, next: string) => Promise<void>;
  /**
   * A bridge that shows a proxy the protocol's bytes, behind TLS that the adapter trusts. The bytes of a password write contain {@link writeMark}.
   */
  through(
    proxy: (target: number) => Promise<FaultyProxy>,
  ): Promise<{ readonly address: Address; stop(): Promise<void> }>;
  readonly writeMark: string;
  /** Changes of the settings by which the service account may read and nothing else. */
  readonly readerSettings: object;
  /** What the directory's administrators do to one account; absent where a kind has nothing like it. */
  readonly sabotage?: {
    /** Takes from the service account the right to set the account's password, for good; absent where rights hold for all accounts. */
    readonly takeRightAway?: (userName: string) => Promise<void>;
    /** Demands of the account a password of 60 characters, by a policy that the service account cannot read. Answers what ends it. */
    demandLonger(userName: string): Promise<() => Promise<void>>;
    /** Allows the account fewer characters than the desk demands, by a policy that can be read; absent where a kind needs no further test of it. */
    readonly allowFewer?: (userName: string) => Promise<() => Promise<void>>;
    /** Why a shorter one is then refused, as far as the directory tells. */
    readonly refusesBecause: string;
  };
  /** What happens to the service account, by wrong passwords or by a policy. Each answers what ends it; absent where a kind has nothing like it. */
  readonly service?: {
    lock(): Promise<() => Promise<void>>;
    expire(): Promise<() => Promise<void>>;
  };
  readonly certificates: {
    readonly otherName: IssuedCertificate;
    readonly expired: IssuedCertificate;
  };
  /** Results that differ between directories. */
  readonly says: {
    /** Why it refuses a previously used password that its user chooses. */
    readonly used: string;
    readonly short: string;
    /** The result of `verifyPassword` while the account is locked. */
    readonly locked: Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;
    /** The result of `verifyPassword` while the account is disabled. */
    readonly disabled: Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;
    readonly missingRights: readonly string[];
    readonly policy: object;
    readonly hasLockEnd: boolean;
    readonly lockedAt: string | null;
    /** A password that the desk's policy accepts but the directory refuses, and the page's text about it; by default a short password. */
    readonly refused?: { readonly password: string; readonly notice: string };
    /** Whether setting a password ends the lock, as in OpenLDAP and 389 Directory Server. */
    readonly resetUnlocks: boolean;
    /** Whether a temporary password and the demand to change it are one write. */
    readonly isOneWrite: boolean;
    /** Whether accounts are in units, some of which are outside the scope. */
    readonly hasUnits: boolean;
    /** Whether a time of change is known for each attribute, for the entry alone, or not at all. */
    readonly changeTimes: 'attribute' | 'entry' | 'none';
  };
  stop(): Promise<void>;
}

export const startPassword = 'Start-4711-Passw0rd';

/** The password or secret of every service account. */
export const servicePassword = 'Service-4711-Passw0rd';
