import { format, inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import { createUnexpectedLog } from '../../../backend/app/composition/unexpected-log.ts';
import { newTotpSecret, totpUri } from '../../../backend/operators/second-factor/totp.ts';
import { replaceRecoveryCodes } from '../../../backend/operators/second-factor/recovery-codes.ts';
import { createKeyedHash, randomToken } from '../../../backend/store/keyed-hash.ts';
import { openSqliteInMemory } from '../../../backend/store/open-sqlite.ts';
import { createStore } from '../../../backend/store/store.ts';
import { exposeAll, Secret } from '../../../shared/secret/secret.ts';

/** Every way in which a value can get into a text by mistake. */
const ways: Readonly<Record<string, (secret: Secret) => string>> = {
  'a template': (secret) => `secret: ${String(secret)}`,
  JSON: (secret) => JSON.stringify({ answer: { secret, list: [secret] } }),
  inspect: (secret) => inspect({ secret }, { showHidden: true, depth: 9 }),
  'the console': (secret) => {
    let printed = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
    process.stdout.write(`${format('%s %o %O %j', secret, secret, { secret }, secret)}\n`);
    write.mockRestore();
    return printed;
  },
  'an error and its stack': (secret) => String(new Error(`refused ${String(secret)}`).stack),
  'an error that carries it': (secret) => inspect(Object.assign(new Error('refused'), { secret })),
  'the log of unexpected errors': (secret) => {
    const lines: string[] = [];
    const log = createUnexpectedLog(
      (event, facts) => lines.push(JSON.stringify({ event, ...facts })),
      Date.now,
    );
    log('AAAA-BBBB', Object.assign(new Error(`failed with ${String(secret)}`), { secret }));
    return lines.join();
  },
};

async function newRecoveryCodes(): Promise<Secret[]> {
  const store = createStore((await openSqliteInMemory()).db, Date.now);
  await store.writeUnaudited((tx) =>
    tx
      .insertInto('operators')
      .values({
        id: 'op',
        user_name: 'op',
        user_name_key: 'op',
        display_name: 'Op',
        password_hash: '',
        roles: '[]',
        created_at: 0,
        last_sign_in_at: null,
        state: 'active',
        scope: '{}',
        email: null,
        linked_account_id: null,
        totp_secret: null,
        totp_since: null,
        totp_last_step: null,
        provider_issuer: null,
        provider_subject: null,
      })
      .execute(),
  );
  const keyed = createKeyedHash(new Uint8Array(32).fill(7));
  const codes = await store.writeUnaudited((tx) => replaceRecoveryCodes(tx, keyed, 'op', 0));
  await store.close();
  return codes;
}

describe.each([
  ['a recovery code', async () => (await newRecoveryCodes())[0] ?? new Secret('')],
  ['an authenticator secret', async () => newTotpSecret()],
  ['the address of an authenticator', async () => totpUri(newTotpSecret(), 'ann')],
  // Nonces, states, tickets and link tokens are made with it.
  ['a random token, such as a nonce or state', async () => randomToken()],
] as const)('%s', (_name, make) => {
  it.each(Object.entries(ways))('prints redacted in %s', async (_way, print) => {
    const secret = await make();
    const printed = print(secret);
    expect(secret.expose().length).toBeGreaterThan(8);
    expect(printed).toContain('[redacted]');
    expect(printed).not.toContain(secret.expose());
  });
});

it('ten recovery codes print redacted together', async () => {
  const codes = await newRecoveryCodes();
  const printed = `${inspect(codes)} ${JSON.stringify(codes)} ${String(codes)}`;
  for (const code of exposeAll(codes)) expect(printed).not.toContain(code);
});

describe('a temporary password that waits for its handover', () => {
  apiTest('is overwritten in the backend once it was handed over', async ({ desk, verifiedCase }) => {
    const wipe = vi.spyOn(Secret.prototype, 'wipe');
    const { body: grant } = await desk.mint(verifiedCase.id, 'temporary-password');
    const done = await desk.reset(verifiedCase.id, grant.id, 'temporary-password', 'press-of-a-button');
    expect(done.body.temporaryPassword).toMatch(/.{8}/);
    expect(wipe).not.toHaveBeenCalled();
    await desk.call('POST', `/resets/${done.body.reset.id}/reveals`, { way: 'shown' });
    await desk.call('POST', `/resets/${done.body.reset.id}/hand-over`, {});
    expect(wipe).toHaveBeenCalled();
    wipe.mockRestore();
  });
});
