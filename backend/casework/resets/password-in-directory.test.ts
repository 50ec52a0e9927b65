import { describe, expect, it } from 'vitest';
import { DirectoryFault, type PasswordRefusal } from '../../directories/external/directory-fault.ts';
import { setFirstAccepted } from './password-in-directory.ts';

const refused = (detail: PasswordRefusal) => new DirectoryFault('password-refused', { detail });

/** Sets passwords named 1, 2 … in a directory that answers by `answerTo`. */
async function trying(answerTo: (password: number) => DirectoryFault | null) {
  const tried: number[] = [];
  const outcome = await setFirstAccepted(
    1,
    () => Promise.resolve(tried.length + 1),
    (password) => {
      tried.push(password);
      const fault = answerTo(password);
      return fault === null ? Promise.resolve('set') : Promise.reject(fault);
    },
  ).catch((thrown: unknown) => thrown);
  return { tried, outcome };
}

describe('a generated password that its directory refuses', () => {
  it.each(['not-complex', 'other'] as const)('is replaced by another one: %s', async (detail) => {
    const { tried, outcome } = await trying((password) => (password < 3 ? refused(detail) : null));
    expect(tried).toEqual([1, 2, 3]);
    expect(outcome).toEqual({ accepted: 3, answer: 'set' });
  });

  it('is reported once six were refused', async () => {
    const { tried, outcome } = await trying(() => refused('not-complex'));
    expect(tried).toEqual([1, 2, 3, 4, 5, 6]);
    expect(outcome).toMatchObject({ code: 'password-refused', detail: 'not-complex' });
  });

  it.each([
    refused('too-short'),
    refused('used-before'),
    refused('too-soon'),
    new DirectoryFault('outcome-unknown'),
    new DirectoryFault('unreachable'),
    new DirectoryFault('right-missing', { detail: 'reset-password' }),
  ])('is not replaced where another one helps as little or may be set twice: %s', async (fault) => {
    const { tried, outcome } = await trying(() => fault);
    expect(tried).toEqual([1]);
    expect(outcome).toBe(fault);
  });
});
