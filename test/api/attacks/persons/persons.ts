import type { Attack } from '../attack.ts';
import { administrators } from './administrators.ts';
import { linkedAccounts } from './linked-accounts.ts';
import { removals } from './removals.ts';
import { oneOperatorTwice, theOwner } from './second-person.ts';
import { vouching } from './vouching.ts';

/** One person acting as two. */
export const persons: readonly Attack[] = [
  ...oneOperatorTwice,
  ...theOwner,
  ...removals,
  ...vouching,
  ...administrators,
  ...linkedAccounts,
];
