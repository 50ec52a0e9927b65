import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { Transaction } from '../store/store.ts';

export interface PolicyVersion {
  readonly version: number;
  readonly document: PolicyDocument;
}

/** Reads the policy in force; within `tx` if given, so that it cannot change before the transaction acts on it. */
export interface PolicyInForce {
  current(tx?: Transaction): Promise<PolicyVersion>;
}
