import type { Secret } from '../../../shared/secret/secret.ts';
import {
  DirectoryFault,
  orOnFault,
  type DirectoryRight,
  type PasswordRefusal,
} from '../external/directory-fault.ts';
import type { AccountForWrite, DirectoryWrites } from '../external/external-directory.ts';
import { stateOfTemporary, unknownPassword } from '../external/unknown-password.ts';
import type { TenantUsers } from './entra-accounts.ts';
import { errorOf, faultOfAnswer, serverCodeOf, type GraphClient } from './graph-client.ts';
import { pause, type Answer, type EntraCollaborators } from './graph-transport.ts';
import { isGranted } from './permissions.ts';
import { tenantPolicy } from './tenant-policy.ts';

/** Milliseconds between the reads that look for a new password date, because a replica may lag behind the write. */
const readAgainMs = [200, 500, 1000];

/** The reason for a refused password. Graph has one code for all reasons, so its documented English messages are matched. */
function refusalOf(message: string): PasswordRefusal {
  if (/history|previously used|used before|recently used/i.test(message)) return 'used-before';
  if (/complexity|weak/i.test(message)) return 'not-complex';
  return /too short|minimum length/i.test(message) ? 'too-short' : 'other';
}

/** Whether the error concerns the new password rather than the account. */
const isAboutPassword = (answer: Answer): boolean =>
  answer.status === 400 && /password/i.test(`${errorOf(answer).code} ${errorOf(answer).message}`);

/** Graph refuses changes to an account that is mastered in another directory. */
const isAboutSynchronised = (answer: Answer): boolean =>
  answer.status === 400 && /on-?premises mastered|directory sync/i.test(errorOf(answer).message);

type Writes = Omit<DirectoryWrites, 'changePassword' | 'unlock'>;

export function createEntraWrites(
  client: GraphClient,
  users: TenantUsers,
  { now, wait = pause }: Pick<EntraCollaborators, 'now' | 'wait'>,
): Writes {
  const { server } = client;

  /** Throws the fault for an unsuccessful answer. */
  async function refuse(answer: Answer, right: DirectoryRight, key: string): Promise<void> {
    if (answer.status >= 200 && answer.status < 300) return;
    const serverCode = serverCodeOf(answer);
    if (isAboutSynchronised(answer)) throw new DirectoryFault('not-possible', { server, serverCode });
    if (right === 'reset-password' && isAboutPassword(answer))
      throw new DirectoryFault('password-refused', {
        server,
        serverCode,
        detail: refusalOf(errorOf(answer).message),
      });
    // The permission alone does not cover administrators. For other users, the application may lack its role.
    const isGrantedButRole = answer.status === 403 && isGranted(await client.granted(), right);
    if (!isGrantedButRole) throw faultOfAnswer(answer, right, server);
    const isPrivileged = await orOnFault(users.isPrivileged(key), false);
    throw faultOfAnswer(answer, isPrivileged ? 'reset-privileged' : 'directory-role', server);
  }

  /** The account, if Entra ID manages its password. */
  async function own(key: string): Promise<AccountForWrite> {
    const account = await users.find(key);
    assertOwn(account);
    return account;
  }
  function assertOwn({ signsInElsewhere }: AccountForWrite): void {
    if (signsInElsewhere) throw new DirectoryFault('not-possible', { server });
  }

  /** The date of the password as soon as a read reports it; null if no read does so in time. */
  async function newDate(key: string, before: number | null, writtenAt: number): Promise<number | null> {
    for (const ms of [0, ...readAgainMs]) {
      if (ms > 0) await wait(ms);
      const setAt = await orOnFault(users.passwordSetAt(key), null);
      // Dates are in whole seconds, so two passwords of the same second have equal dates.
      if (setAt !== null && (setAt !== before || setAt >= writtenAt - (writtenAt % 1000))) return setAt;
    }
    return null;
  }

  async function setPassword(account: AccountForWrite, password: Secret, mustChange: boolean) {
    const writtenAt = now() + (client.clockAhead() ?? 0);
    const answer = await client.write('PATCH', `/users/${account.key}`, {
      passwordProfile: { password: password.expose(), forceChangePasswordNextSignIn: mustChange },
    });
    await refuse(answer, 'reset-password', account.key);
    return { passwordSetAt: await newDate(account.key, account.passwordSetAt, writtenAt) };
  }

  const endSessions = async (key: string) =>
    refuse(await client.write('POST', `/users/${key}/revokeSignInSessions`), 'end-sessions', key);

  return {
    prepareReset: async (key) => {
      const account = await users.find(key);
      return {
        account,
        server,
        policy: tenantPolicy,
        setTemporaryPassword: async (password) => {
          assertOwn(account);
          return setPassword(account, password, true);
        },
        unlock: () => Promise.reject(new DirectoryFault('not-possible', { server })),
        endSessions: () => endSessions(key),
      };
    },
    setOwnPassword: async (key, password) => setPassword(await own(key), password, false),
    replaceByUnknown: async (key, setAt) => {
      const account = await own(key);
      if (!account.mustChange) return 'changed-since';
      const state = stateOfTemporary(account, setAt, { tellsDemand: true });
      if (state !== 'still') return state;
      await setPassword(account, unknownPassword(tenantPolicy), true);
      return 'replaced';
    },
    setEnabled: async (key, enabled) => {
      await users.find(key);
      await refuse(await client.write('PATCH', `/users/${key}`, { accountEnabled: enabled }), 'enable', key);
    },
    endSessions: async (key) => {
      await users.find(key);
      await endSessions(key);
    },
  };
}
