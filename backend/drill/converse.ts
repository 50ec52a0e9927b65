import type { CheckKind } from '../../shared/api/check.ts';
import type { DrillQuestion } from '../../shared/api/drill.ts';
import { grouped } from '../casework/verification/one-time-code.ts';
import type { Caller } from './callers.ts';
import { nothingSaid, dialogues } from './dialogue/dialogues.ts';

/** What the call has come to when a question is asked. */
export interface Situation {
  /** Checks that wait for an answer. */
  readonly pending: ReadonlySet<CheckKind>;
  /** The code that was sent last and is still good. */
  readonly sent: { readonly kind: CheckKind; readonly code: string } | null;
  /** The desk has sent its three words in this call. */
  readonly phraseSent: boolean;
  /** How often a code was asked for before. */
  readonly codesAsked: number;
}

export interface Reply {
  readonly by: 'caller' | 'somebody-else';
  readonly text: string;
  /** A code that was read out. */
  readonly code: string | null;
  /** What the manager answers, on the manager's own page. */
  readonly managersWord: 'yes' | 'no' | null;
}

/** The code with two neighbours that differ swapped; one digit off where all are the same. */
export function swapped(code: string): string {
  const digits = [...code];
  for (let at = 0; at + 1 < digits.length; at += 1) {
    const [one, other] = [digits[at] ?? '', digits[at + 1] ?? ''];
    if (one !== other) {
      [digits[at], digits[at + 1]] = [other, one];
      return digits.join('');
    }
  }
  return offByOne(code);
}

const offByOne = (code: string): string => code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10);

/** A made-up code of the same length that is never the right one. */
function madeUp(guess: string, right: string): string {
  const code = guess.padEnd(right.length, '7').slice(0, right.length);
  return code === right ? offByOne(code) : code;
}

const pick = (texts: readonly string[], tone: number): string => texts[tone % texts.length] ?? '';

/** Fills a text in for a caller. */
function spoken(text: string, { account }: Caller, code = ''): string {
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

/** How the caller begins. */
export const opening = (caller: Caller): string =>
  spoken(pick(dialogues[caller.persona.kind].opening, caller.tone), caller);

/** What gave the caller away. */
export const tellsOf = (caller: Caller): string[] =>
  dialogues[caller.persona.kind].tells.map((text) => spoken(text, caller));

function codeReply(caller: Caller, { sent, phraseSent, codesAsked }: Situation): Reply {
  const { kind } = caller.persona;
  const voice = dialogues[kind];
  const say = (text: string, code: string | null): Reply => ({
    by: 'caller',
    text: spoken(text, caller, code ?? ''),
    code,
    managersWord: null,
  });
  const silent = kind === 'wants-proof' && !phraseSent;
  if (sent === null && !silent) return say(nothingSaid.code, null);
  if (sent !== null && !silent && caller.passes.includes(sent.kind)) {
    const code = kind === 'fumbles' && codesAsked === 0 ? swapped(sent.code) : sent.code;
    return say(pick(voice.rightCode, caller.tone + codesAsked), code);
  }
  const text = pick(voice.noCode, caller.tone + codesAsked);
  return say(text, sent !== null && text.includes('{{code}}') ? madeUp(caller.guess, sent.code) : null);
}

/** A manager speaks for whom they have seen, and against whom they know to sit elsewhere; otherwise they keep silent. */
function wordOfManager({ passes, persona }: Caller): Reply['managersWord'] {
  if (passes.includes('managers-word')) return 'yes';
  return persona.honest ? null : 'no';
}

/** What comes back to a question. Whoever is on the line, the answer is in keeping with what is true of them. */
export function converse(caller: Caller, question: DrillQuestion, situation: Situation): Reply {
  const voice = dialogues[caller.persona.kind];
  const from = (
    by: Reply['by'],
    texts: readonly string[],
    managersWord: Reply['managersWord'] = null,
  ): Reply => ({
    by,
    text: spoken(pick(texts, caller.tone), caller),
    code: null,
    managersWord,
  });
  switch (question) {
    case 'code':
      return codeReply(caller, situation);
    case 'call-back':
      if (!situation.pending.has('call-back')) return from('somebody-else', [nothingSaid['call-back']]);
      return from(caller.passes.includes('call-back') ? 'caller' : 'somebody-else', voice.callBack);
    case 'manager':
      if (!situation.pending.has('managers-word')) return from('somebody-else', [nothingSaid.manager]);
      return from('somebody-else', voice.manager, wordOfManager(caller));
    case 'phrase':
      return from('caller', situation.phraseSent ? voice.phrase : [nothingSaid.phrase]);
    case 'identity':
      return from('caller', voice.identity);
    case 'badge':
      return from('caller', voice.badge);
    case 'no-way-around':
      return from('caller', voice.noWayAround);
  }
}
