import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import { Secret } from '../../../shared/secret/secret.ts';

export type KeychainState = ConsoleState['keychain'];

/** What this console stores: a token in base64url, or a key in base64. SECURITY: another program's entry is not sent to the server. */
const stored = /^[\w+/-]{20,1000}={0,2}$/;

/** The functions of keytar that are used. `findCredentials` must not be: with a locked keyring on Linux it kills the process. */
export interface Keytar {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, password: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
}

/** The operating system's keychain, which holds one refresh token per server. */
export interface Keychain {
  /** Whether a token can be stored, found out once by storing a probe. */
  readonly state: () => Promise<KeychainState>;
  /** Null if there is no token, or if the keychain cannot be read. */
  readonly read: (account: string) => Promise<Secret | null>;
  /** Throws `keychain.missing`, `keychain.locked` or `keychain.failed`. */
  readonly store: (account: string, token: Secret) => Promise<void>;
  /** Removes the token if there is one, later if the keychain hangs. An error of the keychain is logged, not thrown. */
  readonly remove: (account: string) => Promise<void>;
  /** Waits for all answers, for so many milliseconds. False if one is missing: its question holds a thread, which keeps the process from ending. */
  readonly settle: (milliseconds: number) => Promise<boolean>;
}

interface Collaborators {
  /** Loads keytar and its native library, at the first use. */
  readonly load: () => Promise<Keytar>;
  readonly service: string;
  readonly newProbe: () => string;
  readonly log: Log;
  /** Milliseconds. A locked keyring may ask the user for a password in a window of its own. */
  readonly timeoutMs: number;
}

export function createKeychain({ load, service, newProbe, log, timeoutMs }: Collaborators): Keychain {
  let loading: Promise<Keytar> | undefined;
  let probing: Promise<KeychainState> | undefined;

  let turn: Promise<unknown> = Promise.resolve();
  let hanging: Promise<unknown> | null = null;

  const keytar = (): Promise<Keytar> => (loading ??= load());

  /**
   * Runs one operation after another, and none while an earlier one hangs: each holds one of Node's four threads until the keyring answers, and without
   * a free thread the console reads no file and finds no server.
   */
  const inTurn = <T>(work: (library: Keytar) => Promise<T>): Promise<T> => {
    const done = turn.then(async () => {
      const library = await keytar();
      if (hanging !== null) throw new NoAnswer('no answer from the keychain');
      const answer = work(library);
      try {
        return await within(timeoutMs, answer);
      } catch (thrown) {
        if (thrown instanceof NoAnswer) {
          const end = () => {
            hanging = null;
          };
          hanging = answer.then(end, end);
        }
        throw thrown;
      }
    });
    turn = done.catch(() => undefined);
    return done;
  };

  const probe = async (): Promise<KeychainState> => {
    const account = `probe ${newProbe()}`;
    try {
      await inTurn((library) => library.setPassword(service, account, account));
      const found = await inTurn((library) => library.getPassword(service, account));
      await inTurn((library) => library.deletePassword(service, account));
      return found === account ? 'ready' : 'failed';
    } catch (thrown) {
      const state = stateOf(thrown);
      log.warn('keychain cannot be used', { state, message: messageOf(thrown) });
      return state;
    }
  };

  return {
    state: () => (probing ??= probe()),
    settle: async (milliseconds) => {
      const answered = turn.then(() => hanging);
      return within(milliseconds, answered).then(
        () => true,
        () => false,
      );
    },
    read: async (account) => {
      try {
        const found = await inTurn((library) => library.getPassword(service, account));
        if (found === null) return null;
        if (typeof found === 'string' && stored.test(found)) return new Secret(found);
        log.warn('keychain entry is not from this console');
        return null;
      } catch (thrown) {
        log.warn('keychain could not be read', { message: messageOf(thrown) });
        return null;
      }
    },
    store: async (account, token) => {
      try {
        await inTurn((library) => library.setPassword(service, account, token.expose()));
      } catch (thrown) {
        const state = stateOf(thrown);
        log.warn('keychain could not be written', { state, message: messageOf(thrown) });
        throw new ConsoleFailure(`keychain.${state}`);
      }
    },
    remove: async (account) => {
      const remove = () => inTurn((library) => library.deletePassword(service, account));
      const warn = (thrown: unknown) => {
        log.warn('keychain entry could not be removed', { message: messageOf(thrown) });
      };
      try {
        await remove();
      } catch (thrown) {
        warn(thrown);
        if (thrown instanceof NoAnswer) void hanging?.then(remove).catch(warn);
      }
    },
  };
}

class NoAnswer extends Error {}

async function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswer('no answer from the keychain'));
    }, timeoutMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/**
 * Classifies an error of keytar by its message, because it has no code. Missing: no D-Bus, no Secret Service on it, no collection, no
 * libsecret. Locked: the collection refuses, or its prompt was dismissed or not answered.
 */
function stateOf(thrown: unknown): Exclude<KeychainState, 'ready'> {
  if (thrown instanceof NoAnswer) return 'locked';
  const message = messageOf(thrown);
  if (
    /d-?bus|unsupported transport|was not provided|object does not exist|native addon|libsecret|ServiceUnknown|no such (?:file|interface)/i.test(
      message,
    )
  )
    return 'missing';
  if (/locked|dismissed|prompt|cancel|interaction is not allowed/i.test(message)) return 'locked';
  return 'failed';
}
