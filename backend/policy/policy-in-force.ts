import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { Transaction } from '../store/store.ts';

export interface PolicyVersion {
  readonly version: number;
  readonly document: PolicyDocument;
}

/** Reads the policy that is in force, in the transaction that will act on it where one is given. */
export interface PolicyInForce {
  current(tx?: Transaction): Promise<PolicyVersion>;
}
