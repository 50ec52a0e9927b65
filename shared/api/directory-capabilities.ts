/** What a directory can do, as an administrator is told of it. */
export const directoryCapabilities = [
  'temporaryPassword',
  'forceChange',
  'unlock',
  'lockState',
  'endSessions',
  'enable',
  'ownChange',
  'verifyPassword',
  'historyOnResets',
  'readPolicy',
  'keepOldPassword',
  'temporaryExpires',
  'writeContact',
  'accessPass',
  'signInMethods',
] as const;
/** Why a directory cannot do something. */
export const capabilityReasons = [
  'not-in-this-kind',
  'not-on-this-server',
  'not-configured',
  'resets-skip-history',
  'not-by-reset-desk',
] as const;
