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
  /** The servers instead of the lab's own. */
  readonly servers?: readonly Address[];
  readonly servicePassword?: string;
  /** A service account that may read and nothing else. */
  readonly withoutRights?: boolean;
  /** PEM; empty for the system's authorities alone. */
  readonly authority?: string;
  readonly timeoutMs?: number;
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
  /** In a group within a group that the settings call privileged. */
  readonly isPrivileged?: boolean;
  /** Below a unit that does not belong to the scope. */
  readonly isOutside?: boolean;
}

/** One real directory with its adapter, and what its administrator does beside the adapter. */
export interface DirectoryLab {
  readonly kind: ExternalDirectory['kind'];
  readonly capabilities: Partial<ExternalCapabilities>;
  readonly server: Address;
  /** The settings of a directory with which the desk works in the lab's scope; the service account's password is {@link servicePassword}. */
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
  /** Signs in as the user, and changes the password as the user, where the adapter cannot. */
  readonly signIn?: (key: string, password: string) => ReturnType<ExternalDirectory['verifyPassword']>;
  readonly changeAsUser?: (key: string, current: string, next: string) => Promise<void>;
  /** A bridge that shows a proxy the bytes of the protocol, behind TLS that the adapter trusts; {@link writeMark} is in those of a password's write. */
  through(
    proxy: (target: number) => Promise<FaultyProxy>,
  ): Promise<{ readonly address: Address; stop(): Promise<void> }>;
  readonly writeMark: string;
  readonly certificates: {
    readonly otherName: IssuedCertificate;
    readonly expired: IssuedCertificate;
  };
  /** Where what the directory says differs. */
  readonly says: {
    /** Why it refuses a password of the history when its user chooses it. */
    readonly used: string;
    readonly short: string;
    /** What `verifyPassword` answers while the account is locked. */
    readonly locked: Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;
    /** What `verifyPassword` answers while the account is disabled. */
    readonly disabled: Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;
    readonly missingRights: readonly string[];
    readonly policy: object;
    readonly hasLockEnd: boolean;
    readonly lockedAt: string | null;
    /** Whether setting a password ends the lock: OpenLDAP and 389 Directory Server do so. */
    readonly resetUnlocks: boolean;
    /** Whether a temporary password and the demand to change it are one write. */
    readonly isOneWrite: boolean;
    /** Whether accounts are in units, of which some do not belong to the scope. */
    readonly hasUnits: boolean;
  };
  stop(): Promise<void>;
}

export const startPassword = 'Start-4711-Passw0rd';

/** The password or secret of every service account. */
export const servicePassword = 'Service-4711-Passw0rd';
