import { describe, expect } from 'vitest';
import { Secret } from '../../shared/secret/secret.ts';
import type { CaseView } from '../../shared/api/case.ts';
import { codeFor } from '../backend/desk-call.ts';
import { startPassword, type DirectoryLab } from './lab.ts';
import type { DeskTest } from './desk-test.ts';

interface Fault {
  readonly name: string;
  /** Makes the change in the directory between the grant and the reset. Returns the key of the account that must keep its password; null for none. */
  readonly happen: (lab: DirectoryLab, userName: string) => Promise<string | null>;
  /** The refusal that the operator sees; null if the reset succeeds nevertheless. */
  readonly code: string | null;
}

const faults: readonly Fault[] = [
  {
    name: 'is deleted',
    happen: async (lab, userName) => {
      await lab.remove(userName);
      return null;
    },
    code: 'directory.account-gone',
  },
  {
    name: 'is deleted, and another person gets its name',
    happen: async (lab, userName) => {
      await lab.remove(userName);
      return lab.add({ userName });
    },
    code: 'directory.account-gone',
  },
  {
    name: 'is moved out of the scope',
    happen: async (lab, userName) => {
      if (lab.says.hasUnits) await lab.moveOutside(userName);
      else await lab.remove(userName);
      return null;
    },
    code: 'directory.account-gone',
  },
  {
    name: 'is renamed',
    happen: async (lab, userName) => {
      await lab.rename(userName, `${userName}.renamed`);
      return null;
    },
    code: null,
  },
];

/** The results of resets when the account changes in its directory between the search and the write. */
export function describeFaults(it: DeskTest): void {
  describe('a reset of an account that', () => {
    it.for(faults.map((fault, at) => ({ ...fault, userName: `fault.number${at}` })))(
      '$name meanwhile',
      async ({ name: _name, happen, code, userName }, { desk, mailSink, lab, connect, hasRead }) => {
        const email = `${userName}@example.com`;
        const key = await lab.add({ userName, displayName: `Fault ${userName}`, email });
        await connect();
        await hasRead();
        const opened = await desk.openCase(userName);
        const started = await desk.startCode(opened.id);
        await desk.readBack(started.body.case, await codeFor(mailSink, email));
        const grant = await desk.mint(opened.id, 'temporary-password');
        const kept = await happen(lab, userName);

        const answer = await desk.reset(opened.id, grant.body.id, 'temporary-password', `key-of-${userName}`);
        const again = await desk.reset(opened.id, grant.body.id, 'temporary-password', `key-of-${userName}`);

        expect(answer.body.code ?? null).toBe(code);
        // The same request again has no second effect.
        expect(again.body.reset?.id).toBe(answer.body.reset?.id);
        const { body } = await desk.call<CaseView>('GET', `/cases/${opened.id}`);
        expect(body.resets.map(({ state }) => state)).toEqual([code === null ? 'done' : 'failed']);
        const timeline = await desk.call<{ entries: { action: string }[] }>(
          'GET',
          `/accounts/${opened.account.id}/timeline`,
        );
        const actions = timeline.body.entries.map(({ action }) => action);
        expect(actions).toContain('reset.intended');
        expect(actions).toContain(code === null ? 'reset.done' : 'reset.failed');
        const directory = lab.connect();
        const signIn = (of: string, password: string) =>
          lab.signIn?.(of, password) ?? directory.verifyPassword(of, new Secret(password));
        if (kept !== null) expect(await signIn(kept, startPassword)).toBe('right');
        if (code === null) expect(await signIn(key, answer.body.temporaryPassword ?? '')).toBe('must-change');
        await directory.close();
      },
    );
  });
}
