import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import { openFreezesForTest } from './freezes-for-test.ts';

let test: Awaited<ReturnType<typeof openFreezesForTest>>;
beforeEach(async () => {
  test = await openFreezesForTest();
});
afterEach(() => test.desk.close());

describe('a freeze', () => {
  it('is lifted by an approver, who tells the owner', async () => {
    await test.mail('t');
    await test.freeze('t');
    await test.lift('ann');
    expect(await test.isFrozen()).toBe(false);
    expect(test.told).toEqual(['frozen', 'unfrozen']);
    expect(await test.lastEvent()).toEqual({
      action: 'account.unfrozen',
      outcome: 'done',
      account_id: test.marlene,
    });
  });
  it.each([
    ['the owner of the account', 'owner', {}, 'account.own'],
    ['the operator whose mail it answered', 'olga', { about: 'old case' }, 'account.own-freeze'],
    ['an operator with an open case about the account', 'olga', {}, 'approval.own-case'],
  ])('is not lifted by %s', async (_who, by, more, refusal) => {
    await test.openCase('old case', 'olga');
    if (refusal === 'approval.own-case') await test.openCase('case', 'olga', { state: 'open' });
    await test.mail('t', more);
    await test.freeze('t');
    await expect(test.lift(by)).rejects.toThrow(refusal);
    expect(await test.isFrozen()).toBe(true);
    expect(await test.lastEvent()).toMatchObject({ action: 'account.unfrozen', outcome: 'refused' });
  });
  it('is lifted by an operator whose case has long been closed', async () => {
    await test.openCase('old case', 'olga');
    await test.mail('t');
    await test.freeze('t');
    await test.lift('olga');
    expect(await test.isFrozen()).toBe(false);
  });
  it.each([
    ['an account that is not frozen', () => test.marlene, 'account.not-frozen'],
    ['an account that does not exist', () => 'none', 'account.not-found'],
  ])('is not lifted for %s', async (_what, accountId, refusal) => {
    await expect(test.lift('ann', accountId())).rejects.toThrow(refusal);
    expect(test.told).toEqual([]);
  });
  it('is lifted once', async () => {
    await test.mail('t');
    await test.freeze('t');
    await test.lift('ann');
    await expect(test.lift('ann')).rejects.toThrow('account.not-frozen');
  });

  const listed = async (by: string, scope?: OperatorScope) =>
    (await test.freezes.list(10, test.session(by, scope))).map(({ displayName, obstacle }) => [
      displayName,
      obstacle,
    ]);
  it.each([
    ['ann', null],
    ['owner', 'own-account'],
    ['olga', 'own-action'],
  ])('is listed to %s with what keeps them from lifting it', async (by, obstacle) => {
    await test.openCase('old case', 'olga');
    await test.mail('t', { about: 'old case' });
    await test.freeze('t');
    expect(await listed(by)).toEqual([['Marlene Okafor', obstacle]]);
  });
  it.each([
    ['Support', 1],
    ['Sales', 0],
  ])('is listed within the scope of an operator alone: %s', async (department, count) => {
    await test.mail('t');
    await test.freeze('t');
    expect(await listed('ann', { ...everyAccount, departments: [department] })).toHaveLength(count);
  });
  it('is not listed any longer once it was lifted', async () => {
    await test.mail('t');
    await test.freeze('t');
    await test.lift('ann');
    expect(await listed('ann')).toEqual([]);
  });
});
