import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest } from '../accounts/open-for-test.ts';
import { createKeyedHash } from '../store/keyed-hash.ts';
import { createRefusedTokens, type RefusedTokens } from './refused-tokens.ts';

const from = (clientAddress: string) => ({ clientAddress, client: 'curl' });

describe('calls with a token that opens nothing', () => {
  let test: Awaited<ReturnType<typeof openForTest>>;
  let refused: RefusedTokens;
  beforeEach(async () => {
    test = await openForTest();
    refused = createRefusedTokens({
      store: test.store,
      keyed: createKeyedHash(Buffer.alloc(32, 7)),
      now: () => test.clock.at,
    });
  });
  afterEach(() => test.close());

  const recorded = async () =>
    (await test.store.db.selectFrom('audit_events').selectAll().orderBy('seq').execute())
      .filter(({ action }) => action === 'operator.token-refused')
      .map(({ facts, client_address, outcome }) => ({
        ...(JSON.parse(facts) as { further?: number; code: string }),
        client_address,
        outcome,
      }));
  const note = (address: string) =>
    refused.record(from(address), 'mintGrant', 'session.missing', 'x'.repeat(43));

  it('are recorded at the first and counted from then on', async () => {
    await Promise.all(Array.from({ length: 50 }, () => note('192.0.2.7')));
    expect(await recorded()).toEqual([
      { code: 'session.missing', call: 'mintGrant', client_address: '192.0.2.7', outcome: 'refused' },
    ]);
    test.clock.at += 10 * 60_000;
    await refused.sweep();
    expect(await recorded()).toMatchObject([{}, { further: 49, client_address: '192.0.2.7' }]);
    await refused.sweep();
    await refused.settle();
    expect(await recorded()).toHaveLength(2);
    await note('192.0.2.7');
    expect(await recorded()).toHaveLength(3);
  });

  it('lose no number between two records', async () => {
    for (let call = 0; call < 3; call += 1) await note('192.0.2.7');
    test.clock.at += 11 * 60_000;
    for (let call = 0; call < 5; call += 1) await note('192.0.2.7');
    await refused.settle();
    expect((await recorded()).map(({ further }) => further)).toEqual([undefined, 2, undefined, 4]);
  });

  it('do not fill the log, from however many computers they come', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let host = 0; host < 1000; host += 1) await note(`10.0.${host >> 8}.${host & 255}`);
    }
    expect(await recorded()).toHaveLength(65);
    await refused.settle();
    const all = await recorded();
    expect(all).toHaveLength(130);
    expect(65 + all.reduce((sum, { further = 0 }) => sum + further, 0)).toBe(2000);
    expect(all.at(-1)).toMatchObject({ client_address: null, further: 2 * (1000 - 64) - 1 });
    await note('192.0.2.7');
    expect((await recorded()).at(-1)).toMatchObject({ client_address: '192.0.2.7' });
  });

  it('count one network of version 6 together', async () => {
    await note('2001:db8::1');
    await note('2001:db8::2');
    expect(await recorded()).toHaveLength(1);
  });
});
