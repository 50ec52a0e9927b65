/**
 * The names of everything that crosses the bridge. Names alone, without schemas, because the preload is made from them and
 * loads before anything is painted.
 */
export const calls = {
  app: ['start', 'started', 'openExternal', 'copyDiagnostics', 'appearance', 'spelling'],
  server: ['connect', 'disconnect', 'useThisComputer', 'restartBackend'],
  session: [
    'setUp',
    'signIn',
    'answerCode',
    'offerEnrolment',
    'confirmEnrolment',
    'signInWithProvider',
    'proveWithProvider',
    'cancelSignIn',
    'signOut',
    'lock',
    'reauthenticate',
    'activity',
  ],
  operators: [
    'list',
    'invite',
    'sendLink',
    'revokeLink',
    'change',
    'setState',
    'unlock',
    'resetSecondFactor',
    'sessions',
    'endSessions',
  ],
  self: [
    'get',
    'changePassword',
    'offerSecondFactor',
    'confirmSecondFactor',
    'renewRecoveryCodes',
    'sessions',
    'endSessions',
    'copyRecoveryCodes',
    'saveRecoveryCodes',
  ],
  provider: ['get', 'change', 'test'],
  accounts: ['search', 'get', 'unmask', 'timeline'],
  imports: ['choose', 'dropped', 'preview', 'run', 'progress', 'cancel', 'refusals', 'saveReport', 'samples'],
  cases: [
    'open',
    'get',
    'list',
    'change',
    'refuse',
    'close',
    'startCheck',
    'answerCheck',
    'mintGrant',
    'deliveryChoices',
    'sendPhrase',
  ],
  fourEyes: ['ask', 'list', 'get', 'decide', 'flags', 'clearFlag', 'alert', 'raise', 'second', 'end'],
  resets: ['reset', 'resend', 'revoke'],
  handover: ['reveal', 'conceal', 'copy', 'spell', 'done', 'forget'],
  drills: ['list', 'begin', 'takeCall', 'ask', 'endCall', 'leave'],
  practiceAccounts: ['search', 'get', 'unmask', 'timeline'],
  practiceCases: [
    'open',
    'get',
    'list',
    'change',
    'refuse',
    'close',
    'startCheck',
    'answerCheck',
    'mintGrant',
    'deliveryChoices',
    'sendPhrase',
  ],
  practiceFourEyes: ['ask'],
  practiceResets: ['reset', 'resend', 'revoke'],
  practiceHandover: ['reveal', 'conceal', 'copy', 'spell', 'done', 'forget'],
  audit: ['events', 'chain', 'check', 'streams', 'changeSyslog', 'changeWebhook', 'testStream'],
  downloads: ['saveAudit', 'saveEvidence', 'saveMissing'],
  desk: ['get'],
  requiredResets: [
    'list',
    'get',
    'accounts',
    'choices',
    'preview',
    'previewMail',
    'start',
    'stop',
    'tellAgain',
  ],
  frozen: ['list', 'lift'],
  heldChanges: ['list', 'get', 'decide'],
  outbox: ['list', 'get', 'listTexts', 'getText', 'showFolder'],
  settings: [
    'mail',
    'changeMail',
    'testMail',
    'policy',
    'changePolicy',
    'dryRunPolicy',
    'policyVersions',
    'texts',
    'changeTexts',
    'testText',
    'templates',
    'changeTemplate',
    'previewTemplate',
    'testTemplate',
  ],
} as const;

/** What main tells the renderer unasked. */
export const events = [
  'connection',
  'session',
  'clipboard',
  'backendProcess',
  'navigate',
  'appearance',
  'concealSecrets',
  'live',
  'waiting',
] as const;

export type CallGroup = keyof typeof calls;
export type CallName<G extends CallGroup> = (typeof calls)[G][number];
export type EventName = (typeof events)[number];

export const channel = (group: string, name: string): string => `${group}.${name}`;
/** Every channel on which the page calls. */
export const channels: readonly string[] = Object.entries(calls).flatMap(([group, names]) =>
  names.map((name) => channel(group, name)),
);
export const eventChannel = (name: EventName): string => `event.${name}`;

/** The name under which the preload puts the bridge on `window`. */
export const bridgeName = 'resetDesk';
