import { describe, expect, it } from 'vitest';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { createPreparedWrites } from './prepared-writes.ts';

/** A directory whose entry has a distinguished name, of which each read is counted. */
function startDirectory() {
  const state = { dn: 'uid=zoe,ou=people', server: 'one:636', at: 1000, reads: 0 };
  const connection = () => ({ server: state.server }) as LdapConnection;
  const writes = createPreparedWrites(
    { run: (work) => work(connection()) },
    async () => {
      state.reads += 1;
      return state.dn;
    },
    () => state.at,
  );
  /** What a server does with a write to a name. */
  const modify = async (_connection: LdapConnection, dn: string) => {
    if (dn !== state.dn) throw new DirectoryFault('account-gone');
    return dn;
  };
  return { state, writes, modify };
}

describe('a prepared write', () => {
  it('reads the account once for several writes', async () => {
    const { state, writes, modify } = startDirectory();
    const prepared = await writes.read('key');
    await writes.write(prepared, modify);
    await writes.write(prepared, modify);
    expect(state.reads).toBe(1);
  });

  it.each([
    ['was read five seconds ago', { at: 6001 }],
    ['was read at another server', { server: 'two:636' }],
    ['has moved since', { dn: 'uid=zoe,ou=other' }],
  ])('reads an account again that %s', async (_how, change) => {
    const { state, writes, modify } = startDirectory();
    const prepared = await writes.read('key');
    Object.assign(state, change);
    expect(await writes.write(prepared, modify)).toBe(state.dn);
    expect(state.reads).toBe(2);
  });

  it('does not try a refused write again', async () => {
    const { state, writes } = startDirectory();
    const prepared = await writes.read('key');
    const refused = writes.write(prepared, () => Promise.reject(new DirectoryFault('password-refused')));
    await expect(refused).rejects.toMatchObject({ code: 'password-refused' });
    expect(state.reads).toBe(1);
  });
});
