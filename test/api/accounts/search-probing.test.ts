import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';
import type { AccountHit } from '../../../shared/api/account.ts';

const phone = '+49 555 1122 7318';
const email = 'zelda.quist@example.com';
const digits = phone.replaceAll(/\D/g, '');
const minutes = 60_000;

describe('masked contact data', () => {
  const it = staffedTest
    .extend('account', ({ staffedDesk }) =>
      staffedDesk.importRow({ userName: 'other', displayName: 'Other Name', email, phone }),
    )
    .extend('find', ({ account, operator }) => {
      expect(account).toBeUndefined();
      return async (q: string) =>
        operator.call<{ hits: AccountHit[]; code?: string; until?: string }>(
          'GET',
          `/accounts?q=${encodeURIComponent(q)}`,
        );
    })
    .extend('isFound', ({ find }) => async (q: string) => {
      const { body } = await find(q);
      return body.hits.some(({ userName }) => userName === 'other');
    });

  it.for([
    email,
    email.toUpperCase(),
    'zelda.quist',
    'zelda.quist@',
    'zelda.quist@exam',
    phone,
    digits,
    '318',
    '7318',
  ])('is found by what a caller says or a telephone shows: %s', async (text, { isFound }) => {
    expect(await isFound(text)).toBe(true);
  });

  it('is not given away by a part of the address', async ({ isFound }) => {
    const local = 'zelda.quist';
    for (let end = 1; end < local.length; end += 1) expect(await isFound(local.slice(0, end))).toBe(false);
  });

  it('is not given away by the beginning of a number', async ({ isFound }) => {
    for (let end = 3; end < digits.length; end += 1) expect(await isFound(digits.slice(0, end))).toBe(false);
  });

  it('is not given away by an end of a number that is longer than a mask shows and shorter than a number', async ({
    isFound,
  }) => {
    expect(await isFound(digits.slice(-5))).toBe(false);
    expect(await isFound(digits.slice(-6))).toBe(false);
    expect(await isFound(digits.slice(-7))).toBe(true);
  });

  it('cannot be read digit by digit', async ({ find }) => {
    let known = '318';
    for (let round = 0; round < 6; round += 1)
      for (const digit of '123456789') {
        const { body } = await find(`${digit}${known}`);
        if (body.hits.some(({ userName }) => userName === 'other')) known = `${digit}${known}`;
      }
    expect(known.length).toBeLessThanOrEqual(4);
  });

  it.for([
    ['numbers', (at: number) => `+49 555 0100 ${8000 + at}`],
    ['ends of numbers behind a title', (at: number) => `Frau ${8100 + at}`],
    ['numbers in links', (at: number) => `https://example.com/+495550100${8000 + at}`],
    [
      'addresses',
      (at: number) => `m.okafo${String.fromCodePoint(97 + (at % 26))}${at > 25 ? 'x' : 'y'}@example.com`,
    ],
  ] as const)(
    'is guarded by a limit that an operator who guesses %s reaches',
    async ([, guess], { find, backend, operator }) => {
      const statuses: number[] = [];
      for (let at = 0; at < 40; at += 1) statuses.push((await find(guess(at))).status);
      expect(statuses.slice(0, 25)).toEqual(Array.from({ length: 25 }, () => 200));
      expect(statuses.at(-1)).toBe(429);
      const probed = (await backend.readAudit()).filter(({ action }) => action === 'accounts.contact-probed');
      expect(probed).toHaveLength(1);
      expect((await find('other name')).status).toBe(200);
      backend.clock.at += 10 * minutes;
      await operator.renew();
      expect((await find(guess(0))).status).toBe(200);
    },
  );

  it('may be typed as fast as one likes, with every key a search', async ({ find, backend }) => {
    for (let call = 0; call < 5; call += 1)
      for (let end = 1; end <= phone.length; end += 1)
        expect((await find(phone.slice(0, end))).status).toBe(200);
    const actions = (await backend.readAudit()).map(({ action }) => action);
    expect(actions).not.toContain('accounts.contact-probed');
  });
});
