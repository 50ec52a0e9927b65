import type { PersonaKind } from '../../../shared/api/drill.ts';
import * as attackers from './attackers.ts';
import * as honest from './honest.ts';
import type { Dialogue } from './dialogue.ts';

/** The dialogue of each kind of caller. */
export const dialogues: Readonly<Record<PersonaKind, Dialogue>> = {
  forgetful: honest.forgetful,
  'phone-at-home': honest.phoneAtHome,
  fumbles: honest.fumbles,
  'privileged-hurry': honest.privilegedHurry,
  'wants-proof': honest.wantsProof,
  'knows-data': attackers.knowsData,
  'reads-the-mailbox': attackers.readsTheMailbox,
  'calls-again': attackers.callsAgain,
  'claims-to-be-boss': attackers.claimsToBeBoss,
  'changed-contact': attackers.changedContact,
};

/** Answers to questions about something that has not been sent or started. */
export const tooEarly = {
  code: 'A code? I haven’t got one.',
  'call-back': 'You have not called the number on file yet. Start the call-back first.',
  manager: 'You have not asked the manager yet. Start that check first.',
  phrase: 'Which three words? You haven’t sent me any.',
} as const;

/** The operator's questions in the transcript of the call. */
export const operatorQuestions = {
  identity: 'Who are you, please?',
  code: 'Please read me the code.',
  'call-back': 'You call the number on file.',
  manager: 'You wait for the manager’s answer.',
  badge: 'Please show your badge to the camera.',
  phrase: 'Do you see the three words that I sent you?',
  'no-way-around': 'I cannot skip this check.',
} as const;
