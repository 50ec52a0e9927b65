import type { CheckKind } from '../../shared/api/check.ts';
import type { DrillQuestion } from '../../shared/api/drill.ts';
import { grouped } from '../casework/verification/one-time-code.ts';
import type { Caller } from './callers.ts';
import { questionFor } from './question-for.ts';
import { tooEarly, dialogues } from './dialogue/dialogues.ts';

/** The state of the call when a question is asked. */
export interface Situation {
  /** Checks without an answer yet. */
  readonly pending: ReadonlySet<CheckKind>;
  /** The last code that was sent and is still valid. */
  readonly sent: { readonly kind: CheckKind; readonly code: string } | null;
  /** The desk has sent its three words in this call. */
  readonly phraseSent: boolean;
  /** How often the operator has asked for a code before. */
  readonly codesAsked: number;
}

export interface Reply {
  readonly by: 'caller' | 'somebody-else';
  readonly text: string;
  /** The code that the caller reads out. */
  readonly code: string | null;
  /** The manager's answer on the manager's own page. */
  readonly managersWord: 'yes' | 'no' | null;
}

/** The code with two neighbouring digits swapped, or with another last digit if all are equal. */
export function swapped(code: string): string {
  const digits = [...code];
  for (let at = 0; at + 1 < digits.length; at += 1) {
    const [left, right] = [digits[at] ?? '', digits[at + 1] ?? ''];
    if (left !== right) {
      [digits[at], digits[at + 1]] = [right, left];
      return digits.join('');
    }
  }
  return offByOne(code);
}

const offByOne = (code: string): string => code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10);

/** A made-up code of the same length, never the right one. */
function madeUp(guess: string, right: string): string {
  const code = guess.padEnd(right.length, '7').slice(0, right.length);
  return code === right ? offByOne(code) : code;
}

const pick = (texts: readonly string[], tone: number): string => texts[tone % texts.length] ?? '';

/** Fills in the placeholders of a text. */
function fillIn(text: string, { account }: Caller, code = ''): string {
  const values: Record<string, string> = {
    name: account.displayName,
    userName: account.userName,
    department: account.department || 'the office',
    manager: account.manager || 'the head of the department',
    employeeNumber: account.employeeNumber,
    code: grouped(code),
  };
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '');
}

/** The caller's first sentence. */
export const opening = (caller: Caller): string =>
  fillIn(pick(dialogues[caller.persona.kind].opening, caller.tone), caller);

/** What exposed the attacker, or showed that the caller was honest. */
export const tellsOf = (caller: Caller): string[] =>
  dialogues[caller.persona.kind].tells.map((text) => fillIn(text, caller));

function codeReply(caller: Caller, { sent, phraseSent, codesAsked }: Situation): Reply {
  const { kind } = caller.persona;
  const dialogue = dialogues[kind];
  const say = (text: string, code: string | null): Reply => ({
    by: 'caller',
    text: fillIn(text, caller, code ?? ''),
    code,
    managersWord: null,
  });
  const silent = kind === 'wants-proof' && !phraseSent;
  if (sent === null && !silent) return say(tooEarly.code, null);
  if (sent !== null && !silent && caller.passes.includes(sent.kind)) {
    const code = kind === 'fumbles' && codesAsked === 0 ? swapped(sent.code) : sent.code;
    return say(pick(dialogue.rightCode, caller.tone + codesAsked), code);
  }
  const text = pick(dialogue.noCode, caller.tone + codesAsked);
  return say(text, sent !== null && text.includes('{{code}}') ? madeUp(caller.guess, sent.code) : null);
}

/** The manager confirms a caller who passes that check, denies an attacker, and says nothing about other callers. */
function managersWordOf({ persona }: Caller, isPassed: boolean): Reply['managersWord'] {
  if (isPassed) return 'yes';
  return persona.honest ? null : 'no';
}

/** Answers a question consistently with the facts about the caller. */
export function converse(caller: Caller, question: DrillQuestion, situation: Situation): Reply {
  const dialogue = dialogues[caller.persona.kind];
  const isAboutQuestion = (kind: CheckKind) => questionFor[kind] === question;
  const isPending = [...situation.pending].some(isAboutQuestion);
  const isPassed = caller.passes.some(isAboutQuestion);
  const from = (
    by: Reply['by'],
    texts: readonly string[],
    managersWord: Reply['managersWord'] = null,
  ): Reply => ({
    by,
    text: fillIn(pick(texts, caller.tone), caller),
    code: null,
    managersWord,
  });
  switch (question) {
    case 'code':
      return codeReply(caller, situation);
    case 'call-back':
      if (!isPending) return from('somebody-else', [tooEarly['call-back']]);
      return from(isPassed ? 'caller' : 'somebody-else', dialogue.callBack);
    case 'manager':
      if (!isPending) return from('somebody-else', [tooEarly.manager]);
      return from('somebody-else', dialogue.manager, managersWordOf(caller, isPassed));
    case 'phrase':
      return from('caller', situation.phraseSent ? dialogue.phrase : [tooEarly.phrase]);
    case 'identity':
      return from('caller', dialogue.identity);
    case 'badge':
      return from('caller', dialogue.badge);
    case 'no-way-around':
      return from('caller', dialogue.noWayAround);
  }
}
