import { expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import type { Store } from '../../store/store.ts';
import { secondFactorNeed } from './second-factor-need.ts';

const optional = {
  ...defaultPolicy,
  operatorSession: { ...defaultPolicy.operatorSession, secondFactor: 'optional' as const },
};
/** These decisions read no table. */
const db = {} as Store['db'];

it('an operator who has set up a second factor needs it, although the policy leaves it open', async () => {
  const operator = { id: 'o', totp_secret: 'sealed', created_at: 0 };
  expect(await secondFactorNeed(db, operator, optional, 1)).toEqual({ kind: 'have' });
});

it('an operator without a second factor needs none where the policy leaves it open', async () => {
  const operator = { id: 'o', totp_secret: null, created_at: 0 };
  expect(await secondFactorNeed(db, operator, optional, 1)).toEqual({ kind: 'none' });
});
