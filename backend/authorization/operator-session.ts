import type { OperatorScope, Right, Role } from '../../shared/api/operator.ts';

/** An operator's live session, as found by a request's token. Instants in milliseconds. */
export interface OperatorSession {
  readonly id: string;
  readonly operator: {
    readonly id: string;
    readonly userName: string;
    readonly displayName: string;
    readonly roles: readonly Role[];
    readonly scope: OperatorScope;
  };
  readonly rights: ReadonlySet<Right>;
  readonly authenticatedAt: number;
  readonly expiresAt: number;
}
