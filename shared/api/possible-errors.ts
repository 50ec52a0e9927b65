import { errorCodes, type ErrorCode, type StorageCode } from '../errors/codes.ts';
import { isProtected, type Endpoint, type ScopeRule } from './endpoint.ts';

/** The codes that every endpoint with a session can refuse with, before its handler is called. */
const sessionErrors: readonly ErrorCode[] = ['session.missing', 'session.expired', 'session.idle-locked'];

/** The codes that every endpoint can fail with, since each one reads the database. */
const storageErrors = errorCodes.filter((code): code is StorageCode => code.startsWith('storage.'));

const withoutSubject: ReadonlySet<ScopeRule['by']> = new Set([
  'operator',
  'rows',
  'everything',
  'nothing',
] as const);
const limitsSubject = ({ by }: ScopeRule): boolean => !withoutSubject.has(by);

/**
 * Every code that a request to the endpoint can be refused with: the declared ones, and those of the steps that come before a
 * handler (reading the request, finding the session, checking the right, the proof and the scope, the limits on requests), and the storage's faults.
 */
export const possibleErrors = (endpoint: Endpoint): ReadonlySet<ErrorCode> => {
  const { method, right, scope, proof, errors } = endpoint;
  return new Set<ErrorCode>([
    'request.invalid',
    ...(method === 'GET' ? [] : (['request.too-large'] as const)),
    // Calls are counted for each session, and for each network without one; and hashing refuses work while it is saturated.
    ...(right === null && method === 'GET' ? [] : (['request.rate-limited'] as const)),
    ...(right === null ? [] : sessionErrors),
    ...(right === null || right === 'session' ? [] : (['session.not-permitted'] as const)),
    ...(limitsSubject(scope) ? (['account.out-of-scope'] as const) : []),
    ...(proof === undefined ? [] : (['session.reauthentication-required'] as const)),
    ...(isProtected(endpoint)
      ? (['protected-change.no-approver', 'protected-change.third-needed'] as const)
      : []),
    ...errors,
    ...storageErrors,
    'internal.unexpected',
  ]);
};
