import { contract } from '../../shared/bridge/contract.ts';
import type { Handlers } from './handlers.ts';
import { passThrough, type SessionCall } from './pass-through.ts';

type Groups =
  | 'accounts'
  | 'cases'
  | 'fourEyes'
  | 'operators'
  | 'provider'
  | 'audit'
  | 'desk'
  | 'requiredResets'
  | 'heldChanges'
  | 'frozen'
  | 'settings';

/** The groups of the bridge in which every call is one call to the Reset API, and main adds nothing. */
export const passThroughGroups = (call: SessionCall): Pick<Handlers, Groups> => ({
  accounts: passThrough(contract.accounts, ['search', 'get', 'unmask', 'timeline'], call),
  cases: passThrough(
    contract.cases,
    [
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
    call,
  ),
  fourEyes: passThrough(
    contract.fourEyes,
    ['ask', 'list', 'get', 'decide', 'flags', 'clearFlag', 'alert', 'raise', 'second', 'end'],
    call,
  ),
  operators: passThrough(
    contract.operators,
    [
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
    call,
  ),
  provider: passThrough(contract.provider, ['get', 'change', 'test'], call),
  audit: passThrough(
    contract.audit,
    ['events', 'chain', 'check', 'streams', 'changeSyslog', 'changeWebhook', 'testStream'],
    call,
  ),
  desk: passThrough(contract.desk, ['get'], call),
  requiredResets: passThrough(
    contract.requiredResets,
    ['list', 'get', 'accounts', 'choices', 'preview', 'previewMail', 'start', 'stop', 'tellAgain'],
    call,
  ),
  heldChanges: passThrough(contract.heldChanges, ['list', 'get', 'decide'], call),
  frozen: passThrough(contract.frozen, ['list', 'lift'], call),
  settings: passThrough(
    contract.settings,
    [
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
    call,
  ),
});
