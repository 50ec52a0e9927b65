import { setTimeout } from 'node:timers/promises';
import type { FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { terminateTls } from '../fixtures/tls-bridge.ts';
import type { DirectoryLab } from './lab.ts';

/** What a fault works with: the directory, the line to it, and the desk's settings of it. */
export interface FaultContext {
  readonly lab: DirectoryLab;
  readonly line: FaultyProxy;
  readonly userName: string;
  /** Changes the settings of the directory at the desk, and the service account's password if one is given. */
  change(settings: object, secret?: string): Promise<void>;
}

/** What happens in a directory, or on the way to it, between the grant and the reset, and what the operator then sees. */
export interface FaultRow {
  /** Continues "a reset in a directory whose …". */
  readonly name: string;
  /** Makes the fault; answers what ends it. */
  readonly happen: (context: FaultContext) => Promise<() => Promise<void> | void>;
  /** The refusal's code and detail; null where the reset succeeds nevertheless. */
  readonly refusal: readonly [code: string, detail?: string] | null;
  /** The detail where it differs by kind. */
  readonly detailIn?: (lab: DirectoryLab) => string | undefined;
  /** What the case says of the reset. */
  readonly state: 'done' | 'failed' | 'unknown';
  /** Whether the directory has a new password after it. Default: where it is done. */
  readonly isSet?: boolean;
  /** The fault in the log; null for none, absent where that differs by kind. */
  readonly logged?: string | null;
  /** The fault's detail in the log. */
  readonly loggedDetail?: string;
  /** Where the account cannot be reset after the fault either. */
  readonly isForGood?: boolean;
  /** What differs where a password and the demand to change it are two writes, as in 389 Directory Server. */
  readonly ofTwoWrites?: Partial<Pick<FaultRow, 'refusal' | 'state' | 'isSet' | 'logged'>> & {
    readonly demandsChange?: boolean;
  };
  /** Whether this kind of directory has it; default: all have. */
  readonly isIn?: (lab: DirectoryLab) => boolean;
}

const nothing = () => undefined;

/** Faults of the network and of the server. */
export const lineRows: readonly FaultRow[] = [
  {
    name: 'server is down before the write',
    happen: async ({ line }) => line.refuse(),
    refusal: ['directory.unavailable', 'unreachable'],
    state: 'failed',
    logged: 'unreachable',
  },
  {
    name: 'server goes down during the write',
    happen: async ({ lab, line }) => {
      let end: () => void = nothing;
      void line.loseAnswer(lab.writeMark).then(() => (end = line.refuse()));
      return () => end();
    },
    refusal: ['reset.outcome-unknown'],
    state: 'unknown',
    isSet: true,
    logged: 'outcome-unknown',
    ofTwoWrites: { demandsChange: false },
  },
  {
    name: 'server goes down right after its answer to the write',
    happen: async ({ lab, line }) => {
      let end: () => void = nothing;
      void line.endAfterAnswer(lab.writeMark).then(() => (end = line.refuse()));
      return () => end();
    },
    refusal: null,
    state: 'done',
    // The first write is done, and the demand is not.
    ofTwoWrites: {
      refusal: ['reset.outcome-unknown'],
      state: 'unknown',
      isSet: true,
      demandsChange: false,
      logged: 'outcome-unknown',
    },
  },
  {
    name: 'server is silent',
    happen: async ({ line }) => {
      line.forget();
      return line.blackHole();
    },
    refusal: ['directory.unavailable', 'timeout'],
    state: 'failed',
    logged: 'timeout',
  },
  {
    name: 'server is silent once it has the write, and answers others',
    happen: async ({ lab, line }) => {
      void line.keepAnswer(lab.writeMark);
      return nothing;
    },
    refusal: null,
    state: 'done',
    logged: 'outcome-unknown',
    // The first write is done, and the demand is not.
    ofTwoWrites: {
      refusal: ['reset.outcome-unknown'],
      state: 'unknown',
      isSet: true,
      demandsChange: false,
      logged: 'outcome-unknown',
    },
  },
  {
    name: 'server takes 3 seconds for the write',
    happen: async ({ lab, line }) => {
      void line.lateAnswer(lab.writeMark, 3000);
      return nothing;
    },
    refusal: null,
    state: 'done',
  },
  {
    name: 'server has reset its connections',
    happen: async ({ line }) => {
      line.reset();
      return nothing;
    },
    refusal: null,
    state: 'done',
    logged: null,
  },
  {
    name: 'server has ended its half of the connections',
    happen: async ({ line }) => {
      line.halfClose();
      // The end reaches the client on its own time, for which neither side has an event that the test could see.
      await setTimeout(50);
      return nothing;
    },
    refusal: null,
    state: 'done',
    logged: null,
  },
];

const certificateRow = (
  name: string,
  detail: string,
  settingsOf: (context: FaultContext) => Promise<{ readonly settings: object; stop?(): Promise<void> }>,
): FaultRow => ({
  name,
  happen: async (context) => {
    const { settings, stop } = await settingsOf(context);
    await context.change(settings);
    return async () => {
      await context.change(context.lab.settings);
      await stop?.();
    };
  },
  refusal: ['directory.not-trusted', detail],
  state: 'failed',
  logged: detail,
});

const withCertificate =
  (which: 'expired' | 'otherName') =>
  async ({ lab, line }: FaultContext) => {
    const bridge = await terminateTls(lab.certificates[which], line.port);
    const settings = lab.settingsAt({ host: '127.0.0.1', port: bridge.port });
    return { settings, stop: () => bridge.stop() };
  };

/** What happens to the service account. It signs in anew, since a connection outlasts a lock and an expired password. */
const serviceRow = (
  name: string,
  fault: string,
  {
    happen,
    ...more
  }: {
    readonly happen: (service: NonNullable<DirectoryLab['service']>) => Promise<() => Promise<void>>;
    readonly loggedDetail?: string;
  },
): FaultRow => ({
  name,
  happen: async ({ lab, line, change }) => {
    if (lab.service === undefined) throw new Error('The lab has no such service account');
    const end = await happen(lab.service);
    line.reset();
    return async () => {
      await end();
      // The desk tries a refused service account again after half a minute, or at once with new settings.
      await change(lab.settings);
    };
  },
  refusal: ['directory.service-account', fault],
  state: 'failed',
  logged: fault,
  isIn: (lab) => lab.service !== undefined,
  ...more,
});

/** Faults that the directory's administrators make. */
export const administrationRows: readonly FaultRow[] = [
  certificateRow('certificate has expired', 'certificate-expired', withCertificate('expired')),
  certificateRow('certificate is for another name', 'certificate-name', withCertificate('otherName')),
  certificateRow('certificate’s authority is not trusted', 'certificate-untrusted', async ({ lab }) => ({
    settings: { ...lab.settings, authorities: '' },
  })),
  {
    name: 'service account has another password now',
    happen: async ({ lab, change }) => {
      await change(lab.settings, 'Wrong-4711-Passw0rd');
      return () => change(lab.settings);
    },
    refusal: ['directory.service-account', 'service-account-wrong'],
    state: 'failed',
    logged: 'service-account-wrong',
  },
  serviceRow('service account is locked', 'service-account-wrong', {
    happen: (service) => service.lock(),
    loggedDetail: 'locked',
  }),
  serviceRow('service account’s password has expired', 'service-password-expired', {
    happen: (service) => service.expire(),
  }),
  {
    name: 'service account may read and nothing else',
    happen: async ({ lab, change }) => {
      await change({ ...lab.settings, ...lab.readerSettings });
      return () => change(lab.settings);
    },
    refusal: ['directory.right-missing', 'reset-password'],
    state: 'failed',
    logged: 'right-missing',
  },
  {
    name: 'access list was changed for the account',
    happen: async ({ lab, userName }) => {
      await lab.sabotage?.takeRightAway?.(userName);
      return nothing;
    },
    refusal: ['directory.right-missing', 'reset-password'],
    state: 'failed',
    logged: 'right-missing',
    isForGood: true,
    isIn: (lab) => lab.sabotage?.takeRightAway !== undefined,
  },
  {
    name: 'policy demands more than the service account can read',
    happen: async ({ lab, userName }) => (await lab.sabotage?.demandLonger(userName)) ?? nothing,
    refusal: ['directory.password-refused'],
    detailIn: (lab) => lab.sabotage?.refusesBecause,
    state: 'failed',
    logged: null,
    isIn: (lab) => lab.sabotage !== undefined,
  },
  {
    name: 'policy allows fewer characters than the desk demands',
    happen: async ({ lab, userName }) => (await lab.sabotage?.allowFewer?.(userName)) ?? nothing,
    refusal: ['directory.password-refused', 'rules-conflict'],
    state: 'failed',
    logged: null,
    isIn: (lab) => lab.sabotage?.allowFewer !== undefined,
  },
];

/** What happens to the account. */
export const accountRows: readonly FaultRow[] = [
  {
    name: 'account is deleted',
    happen: async ({ lab, userName }) => {
      await lab.remove(userName);
      return nothing;
    },
    refusal: ['directory.account-gone'],
    state: 'failed',
    logged: null,
    isForGood: true,
  },
  {
    name: 'account is deleted, and another person gets its name',
    happen: async ({ lab, userName }) => {
      await lab.remove(userName);
      await lab.add({ userName });
      return nothing;
    },
    refusal: ['directory.account-gone'],
    state: 'failed',
    logged: null,
    isForGood: true,
  },
  {
    name: 'account is moved out of the scope',
    happen: async ({ lab, userName }) => {
      await lab.moveOutside(userName);
      return nothing;
    },
    refusal: ['directory.account-gone'],
    state: 'failed',
    logged: null,
    isForGood: true,
    isIn: (lab) => lab.says.hasUnits,
  },
  {
    name: 'account is renamed',
    happen: async ({ lab, userName }) => {
      await lab.rename(userName, `${userName}.renamed`);
      return nothing;
    },
    refusal: null,
    state: 'done',
    logged: null,
  },
];
