import type { SessionTokens, SessionView } from '../../shared/api/session.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { OperatorScope, Role } from '../../shared/api/operator.ts';
import type { Secret } from '../../shared/secret/secret.ts';
import type { OperatorSessionsTable, OperatorsTable } from '../store/tables.ts';
import { parseScope } from '../authorization/account-access.ts';
import { rightsFor } from '../authorization/rights.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';

const iso = (at: number) => new Date(at).toISOString();

/** Lifetime of an access token in milliseconds; short, since every call carries it. */
export const accessTokenLife = 10 * 60_000;

export const rolesOf = ({ roles }: Pick<OperatorsTable, 'roles'>): Role[] => JSON.parse(roles) as Role[];

export const scopeOf = ({ scope }: Pick<OperatorsTable, 'scope'>): OperatorScope => parseScope(scope);

/** The session of a request. */
export function sessionOf(
  operator: Pick<OperatorsTable, 'id' | 'user_name' | 'display_name' | 'roles' | 'scope'>,
  row: Pick<OperatorSessionsTable, 'id' | 'authenticated_at' | 'expires_at'>,
): OperatorSession {
  const roles = rolesOf(operator);
  const scope = scopeOf(operator);
  return {
    id: row.id,
    operator: {
      id: operator.id,
      userName: operator.user_name,
      displayName: operator.display_name,
      roles,
      scope,
    },
    rights: rightsFor(roles, scope),
    authenticatedAt: row.authenticated_at,
    expiresAt: row.expires_at,
  };
}

/** The ways in which an operator can prove their identity: a password, the identity provider, or a code of the authenticator. */
const proofsOf = ({
  password_hash,
  provider_subject,
  directory_key,
  totp_secret,
}: OperatorsTable): SessionView['proofs'] => [
  ...(password_hash === '' && directory_key === null ? [] : (['password'] as const)),
  ...(provider_subject === null ? [] : (['provider'] as const)),
  ...(totp_secret === null ? [] : (['code'] as const)),
];

/** A session as the console sees it. */
export function viewOf(
  session: OperatorSession,
  operator: OperatorsTable,
  policy: PolicyDocument,
  secondFactorBy: number | null,
  now: number,
): SessionView {
  const { id, userName, displayName, roles } = session.operator;
  return {
    id: session.id,
    operator: { id, userName, displayName, roles: [...roles], rights: [...session.rights] },
    authenticatedAt: iso(session.authenticatedAt),
    expiresAt: iso(session.expiresAt),
    idleLockSeconds: policy.operatorSession.idleLock,
    reauthenticateAfterSeconds: policy.operatorSession.reauthenticateAfter,
    secondFactorBy: secondFactorBy === null ? null : iso(secondFactorBy),
    proofs: proofsOf(operator),
    serverTime: iso(now),
  };
}

/** The tokens of one session; a refresh exchanges both. */
export interface TokenPair {
  readonly access: Secret;
  readonly refresh: Secret;
  /** Milliseconds. */
  readonly accessExpiresAt: number;
}

/** The answer that hands a session's tokens to the console. */
export const tokensOf = (session: SessionView, pair: TokenPair): SessionTokens => ({
  session,
  accessToken: pair.access.expose(),
  accessExpiresAt: iso(pair.accessExpiresAt),
  refreshToken: pair.refresh.expose(),
});
