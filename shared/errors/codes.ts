/**
 * Every error code of the Reset API with its HTTP status, so that a code always has the same status. The renderer's catalogue
 * has the message for each code.
 */
export const errorStatus = {
  // the request itself
  'request.invalid': 400,
  'request.too-large': 413,
  'request.not-found': 404,
  'request.rate-limited': 429,
  'request.conflict': 409,
  // first run
  'setup.already-done': 409,
  'setup.code-wrong': 403,
  'setup.required': 409,
  // the operator's session
  'session.credentials-wrong': 401,
  'session.operator-locked': 423,
  'session.missing': 401,
  'session.expired': 401,
  'session.idle-locked': 401,
  'session.reauthentication-required': 403,
  'session.not-permitted': 403,
  'password.policy': 422,
  'session.ticket-gone': 401,
  'session.code-wrong': 401,
  'session.code-replayed': 401,
  'session.not-found': 404,
  // operators
  'operator.not-found': 404,
  'operator.same-person': 409,
  'operator.name-confusable': 409,
  'operator.user-name-taken': 409,
  'operator.last-administrator': 409,
  'operator.own-roles': 403,
  'operator.self': 409,
  'operator.not-invited': 409,
  'operator.no-email': 409,
  'operator.removed': 409,
  'operator.disabled': 403,
  'operator.no-second-factor': 409,
  'operator.not-linked': 409,
  'operator.last-local-administrator': 409,
  'operator.signs-in-with-directory': 409,
  // the identity provider
  'provider.off': 409,
  'provider.unavailable': 502,
  'provider.refused': 401,
  'provider.unknown-operator': 403,
  'provider.no-role': 403,
  // operators' sign-in with a directory
  'directory-sign-in.off': 409,
  'directory-sign-in.no-account': 409,
  'directory-sign-in.no-local-administrator': 409,
  'directory-sign-in.unavailable': 503,
  'directory-sign-in.not-now': 403,
  'directory-sign-in.no-role': 403,
  'directory-sign-in.not-linked': 403,
  // accounts
  'account.not-found': 404,
  'account.own': 403,
  'account.out-of-scope': 403,
  'account.no-local-password': 409,
  'account.disabled': 409,
  'account.not-locked': 409,
  'account.not-linked': 409,
  'account.link-not-found': 404,
  'account.link-unfounded': 409,
  'account.frozen': 409,
  'account.not-frozen': 409,
  'account.not-disabled': 409,
  'account.search-too-long': 400,
  // evidence packs
  'evidence-pack.timed-out': 503,
  // import
  'import.not-found': 404,
  'import.not-csv': 422,
  'import.encoding': 422,
  'import.interrupted': 422,
  'import.stopped': 422,
  'import.mapping': 422,
  'import.already-running': 409,
  'held-row.not-found': 404,
  'held-row.settled': 409,
  'held-row.not-same': 409,
  'held-row.user-name-taken': 409,
  'known-change.not-found': 404,
  'known-change.invalid': 422,
  'import.settled': 409,
  'import.stale': 409,
  'import.not-undoable': 409,
  // cases
  'case.not-found': 404,
  'case.not-yours': 403,
  'case.ended': 409,
  'case.expired': 409,
  'case.ticket-required': 409,
  'case.reason-required': 409,
  // verification
  'check.not-found': 404,
  'check.unavailable': 409,
  'check.already-pending': 409,
  'check.locked': 409,
  'check.expired': 409,
  'check.settled': 409,
  'check.approver-only': 403,
  'check.other-session': 403,
  // assurance and grants
  'assurance.not-enough': 403,
  'grant.not-found': 404,
  'grant.expired': 409,
  'grant.spent': 409,
  'grant.other-operator': 403,
  'grant.other-session': 403,
  'grant.other-action': 403,
  'grant.other-case': 403,
  'grant.policy-changed': 409,
  'grant.clock-set-back': 409,
  // four eyes
  'approval.not-found': 404,
  'approval.settled': 409,
  'approval.lapsed': 409,
  'approval.own-request': 403,
  'approval.own-account': 403,
  'approval.own-case': 403,
  'approval.vouched': 403,
  'approval.needed': 403,
  'approval.denied': 403,
  'approval.not-needed': 409,
  'held-change.not-found': 404,
  'held-change.settled': 409,
  'held-change.own-reset': 403,
  'flag.not-found': 404,
  'flag.own': 403,
  'account.own-freeze': 403,
  'alert.already-raised': 409,
  'alert.not-raised': 409,
  'alert.not-proposed': 409,
  'alert.same-approver': 403,
  'alert.own-case': 403,
  // resets
  'reset.not-found': 404,
  'reset.key-reused': 409,
  'reset.in-progress': 409,
  'reset.secret-gone': 410,
  'reset.outcome-unknown': 409,
  'reset.no-address': 409,
  'reset.settled': 409,
  'reset.mail-unavailable': 409,
  'reset.no-channel': 409,
  'reset.delivery-not-allowed': 403,
  'reset.sealed': 409,
  // drills
  'drill.not-found': 404,
  'drill.not-possible': 409,
  'required-reset.not-found': 404,
  'required-reset.nobody': 422,
  'required-reset.too-many': 422,
  'required-reset.due-date': 422,
  'required-reset.ended': 409,
  // changes that need a second administrator
  'protected-change.not-found': 404,
  'protected-change.settled': 409,
  'protected-change.own': 403,
  'protected-change.own-rights': 403,
  'protected-change.not-yours': 403,
  'protected-change.outdated': 409,
  'protected-change.no-approver': 409,
  'protected-change.third-needed': 409,
  // services around the desk
  'mail.not-found': 404,
  'mail.failed': 502,
  'mail.template-invalid': 422,
  'text.failed': 502,
  'mail.outbox-off': 409,
  'directory.outcome-unknown': 502,
  'directory.unavailable': 502,
  'directory.not-trusted': 502,
  'directory.service-account': 502,
  'directory.right-missing': 502,
  'directory.password-refused': 409,
  'directory.method-kept': 409,
  'directory.method-not-found': 404,
  'directory.pass-refused': 409,
  'directory.account-gone': 409,
  'directory.not-found': 404,
  'directory.off': 409,
  'directory.reading': 409,
  // account sources
  'account-source.not-found': 404,
  'account-source.name-taken': 409,
  'account-source.no-files': 409,
  'source-token.not-found': 404,
  'source-token.settled': 409,
  'source-token.not-yours': 403,
  'policy.invalid': 422,
  'audit.stream-failed': 502,
  // the backend's disk, data folder and database
  'storage.unavailable': 503,
  // Not 503: the change may have been saved, so neither a proxy nor a client repeats the request by itself.
  'storage.outcome-unknown': 500,
  'storage.full': 507,
  'storage.read-only': 503,
  'storage.denied': 503,
  'storage.locked': 503,
  'storage.damaged': 503,
  'storage.failed': 503,
  'internal.unexpected': 500,
} as const satisfies Record<string, number>;

/** A code of the Reset API. */
export type ErrorCode = keyof typeof errorStatus;

/** A fault of the backend's disk, data folder or database. Any request that touches the database can meet one. */
export type StorageCode = ErrorCode & `storage.${string}`;

/** Every code of the Reset API, for schemas and exhaustive tables. */
export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]];

/** Why a backend refuses to start on its data folder, besides the storage's faults. */
export const startFaultCodes = [
  'folder.key-missing',
  'folder.key-damaged',
  'folder.key-other',
  'folder.database-missing',
  'folder.log-cut',
  'folder.in-use',
  'folder.open-to-others',
  'folder.link',
] as const;

/** Why a backend refuses to start on its data folder. */
export type StartFaultCode = StorageCode | (typeof startFaultCodes)[number];

/** Why an embedded backend could not be started. */
export const backendFailureCodes = [
  'backend-process.failed',
  ...errorCodes.filter((code): code is StorageCode => code.startsWith('storage.')),
  ...startFaultCodes,
] as const;
export type BackendFailureCode = (typeof backendFailureCodes)[number];

/** The codes of failures in the console itself: its connection to the backend, the system keychain and local files. */
export const consoleFailureCodes = [
  'server.unreachable',
  'server.timeout',
  'server.certificate-untrusted',
  'server.certificate-expired',
  'server.certificate-name',
  'server.tls-required',
  'server.address-invalid',
  'server.not-reset-desk',
  'server.too-new',
  'server.too-old',
  'server.refusal-unknown',
  'server.answer-invalid',
  'server.failed',
  'server.redirected',
  'proxy.too-large',
  'proxy.refused',
  'proxy.no-server',
  'proxy.timeout',
  'proxy.web-page',
  'backend-process.failed',
  ...startFaultCodes,
  'provider.cancelled',
  'provider.timeout',
  'keychain.missing',
  'keychain.locked',
  'keychain.failed',
  'file.unreadable',
  'file.unwritable',
  // The operator is known, so only the password can be wrong.
  'session.password-wrong',
  'console.locked',
  'console.signed-out',
  'console.managed',
  'update.unreachable',
  'update.signature-wrong',
  'update.feed-invalid',
  'update.older',
  'update.sum-wrong',
  'update.disk-full',
  'update.unwritable',
  'update.busy',
  'secret.gone',
  'bridge.refused',
] as const;

/** A code that arises in the console's main process. */
export type ConsoleFailureCode = (typeof consoleFailureCodes)[number];

/** Any code that can reach the renderer. */
export type FailureCode = ErrorCode | ConsoleFailureCode;
