import { expect } from 'vitest';
import type { DirectorySignInView } from '../../../shared/api/directory-sign-in.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { deskOf } from '../../backend/desk-call.ts';
import { codeAt } from '../../backend/join-operator.ts';
import { frequentPolls } from '../../backend/start-test-backend.ts';
import { startPassword } from '../lab.ts';
import type { DeskTest } from '../desk-test.ts';

export interface SignedIn {
  readonly code?: string;
  readonly detail?: string;
  readonly step?: string;
  readonly ticket?: string;
  readonly until?: string;
}
export const localPassword = 'Quiet+Harbour7';
export const thisConsole = { 'x-reset-desk-device': 'the-console-of-these-tests' };
let names = 0;
/** The labs are shared by the tests of a file. */
export const newName = () => `op${(names += 1)}.${Date.now().toString(36)}`;

/** Options of a desk that reads its directory's changes after `directoryChanges` milliseconds each. */
export const reading = (directoryChanges: number) => ({
  strangersPerMinute: 6000,
  trustProxy: '127.0.0.1',
  pollIntervals: { ...frequentPolls, directoryChanges },
});

/** A desk whose operators sign in with the lab's directory; members of the lab's privileged group are operators. */
export const signInTestOf = (test: DeskTest) =>
  test
    .extend('mailUrl', (): string | undefined => undefined)
    .extend('backendOptions', () => reading(200))
    /** How the desk reaches the directory. */
    .extend('place', ({ lab }): object => lab.settings)
    .extend('configured', async ({ desk, connect, hasRead, lab, place }) => {
      const directoryId = await connect(place);
      await hasRead();
      const { privilegedGroups } = lab.settings as { privilegedGroups: string[] };
      const changed = await desk.call<DirectorySignInView>('PUT', '/settings/directory-sign-in', {
        enabled: true,
        directoryId,
        roles: privilegedGroups.map((group) => ({ group, role: 'operator' })),
        scope: { departments: [], tiers: [], directories: [] },
      });
      expect(changed).toMatchObject({
        status: 200,
        body: { enabled: true, localAdministrators: ['Ann Example'] },
      });
      return directoryId;
    })
    /** A new account in the directory that the desk has read. */
    .extend('person', ({ desk, lab, configured: _on }) => async (isOperator: boolean, name = newName()) => {
      const key = await lab.add({ userName: name, displayName: `Person ${name}`, isPrivileged: isOperator });
      await expect.poll(() => desk.accountId(name), { timeout: 30_000 }).not.toBe('');
      return { name, key };
    })
    .extend(
      'signIn',
      ({ backend }) =>
        async (userName: string, password = startPassword, headers: Record<string, string> = {}) => {
          const answer = await backend.ask('POST', '/api/v1/session', { userName, password }, headers);
          return { status: answer.status, body: (await answer.json()) as SignedIn };
        },
    )
    /** Signs in for the first time: sets up an authenticator. */
    .extend('enter', ({ backend, signIn }) => async (userName: string) => {
      const { body } = await signIn(userName, startPassword, thisConsole);
      expect(body).toMatchObject({ step: 'enrol' });
      const post = async (path: string, sent: object) =>
        (await (await backend.ask('POST', `/api/v1/session${path}`, sent, thisConsole)).json()) as object;
      const { ticket } = body;
      const { secret } = (await post('/enrolment', { ticket })) as { secret: string };
      const code = codeAt(secret, backend.clock.at);
      const tokens = (await post('/enrolment/confirm', { ticket, code })) as SessionTokens;
      expect(tokens).toHaveProperty('accessToken');
      return { ...deskOf(backend.ask, tokens.accessToken), tokens, secret };
    })
    .extend('row', ({ desk }) => async (userName: string) => {
      const { body } = await desk.call<{ operators: OperatorRow[] }>('GET', '/operators');
      return body.operators.find((operator) => operator.userName === userName);
    })
    .extend('lockedSince', ({ lab }) => async (key: string) => {
      const directory = lab.connect();
      const account = await directory.read(key);
      await directory.close();
      return account?.lockedSince ?? null;
    });
export type SignInTest = ReturnType<typeof signInTestOf>;
