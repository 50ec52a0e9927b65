import { randomUUID } from 'node:crypto';
import { checkRow } from '../../shared/api/check.ts';
import type { CallResult, DrillQuestion, DrillScene, DrillView } from '../../shared/api/drill.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';
import { Refusal } from '../refusal.ts';
import type { Caller } from './callers.ts';
import { converse, opening, tellsOf } from './converse.ts';
import { judgeEvidence } from './judge-evidence.ts';
import { practising } from './invented-staff.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { scoreCall, scoreDrill } from './score-call.ts';
import { operatorQuestions } from './dialogue/dialogues.ts';

/** A running drill: its current call, what was said, and the results so far. */
export interface RunningDrill {
  readonly id: string;
  readonly seed: number;
  readonly scene: DrillScene;
  readonly operatorId: string;
  readonly desk: PracticeDesk;
  readonly callers: number;
  /** When the drill was last used, in milliseconds. */
  lastUsedAt(): number;
  touch(): void;
  /** 0 to 100; null before the end. */
  score(): number | null;
  view(): DrillView;
  takeCall(): Promise<void>;
  ask(question: DrillQuestion, session: OperatorSession): Promise<void>;
  endCall(): Promise<void>;
}

/** Runs the calls of a drill one after the other, in memory. */
export function runDrill(
  { seed, scene }: { readonly seed: number; readonly scene: DrillScene },
  callers: readonly Caller[],
  operatorId: string,
  desk: PracticeDesk,
  now: () => number,
): RunningDrill {
  const id = randomUUID();
  const results: CallResult[] = [];
  let lastUsedAt = now();
  let phase: DrillView['phase'] = 'ringing';
  let takenAt: number | null = null;
  let mark = 0;
  let said: DrillView['said'] = [];
  let heard: DrillView['heard'] = null;
  let asked: DrillQuestion[] = [];

  /** The current call, and when it was taken. Throws `request.conflict` without a call. */
  const talking = () => {
    const caller = callers[results.length];
    if (phase !== 'talking' || caller === undefined || takenAt === null) {
      throw new Refusal('request.conflict', { detail: 'There is no call.' });
    }
    return { caller, since: takenAt };
  };
  const hear = (by: DrillView['said'][number]['by'], text: string) => {
    said = [...said, { by, text }];
  };

  desk.approveBy(async (accountId) => {
    const caller = phase === 'talking' ? (callers[results.length] ?? null) : null;
    const { passed } = await desk.observer.facts(accountId, mark, now());
    return judgeEvidence(caller, { accountId, passed, asked: new Set(asked) });
  });

  return {
    id,
    seed,
    scene,
    operatorId,
    desk,
    callers: callers.length,
    lastUsedAt: () => lastUsedAt,
    touch: () => {
      lastUsedAt = now();
    },
    score: () => (phase === 'finished' ? scoreDrill(results) : null),
    view: () => ({
      id,
      seed,
      scene,
      callers: callers.length,
      number: Math.max(1, phase === 'ringing' || phase === 'talking' ? results.length + 1 : results.length),
      phase,
      said,
      heard,
      takenAt: takenAt === null ? null : new Date(takenAt).toISOString(),
      results,
      score: phase === 'finished' ? scoreDrill(results) : null,
    }),
    async takeCall() {
      const caller = callers[results.length];
      if ((phase !== 'ringing' && phase !== 'over') || caller === undefined) {
        throw new Refusal('request.conflict', { detail: 'No call is waiting.' });
      }
      phase = 'talking';
      takenAt = now();
      asked = [];
      heard = null;
      said = [{ by: 'caller', text: opening(caller) }];
      mark = await desk.observer.mark();
    },
    async ask(question, session) {
      const { caller } = talking();
      const waiting = await desk.observer.waiting(caller.account.id, practising(session, now()));
      const sent = waiting.find(({ code }) => code !== null);
      const reply = converse(caller, question, {
        pending: new Set(waiting.map(({ kind }) => kind)),
        sent: sent?.code == null ? null : { kind: sent.kind, code: sent.code },
        phraseSent: await desk.observer.phraseSent(caller.account.id, mark),
        codesAsked: asked.filter((earlier) => earlier === 'code').length,
      });
      // A question about a code that was never sent does not count.
      if (question !== 'code' || sent !== undefined) asked.push(question);
      hear('agent', operatorQuestions[question]);
      hear(reply.by, reply.text);
      heard =
        reply.code === null || sent === undefined
          ? heard
          : { caseId: sent.caseId, checkId: sent.checkId, kind: sent.kind, code: reply.code };
      const word = waiting.find(({ kind }) => checkRow(kind).answer === null);
      if (reply.managersWord !== null && word !== undefined) {
        await desk.observer.managerAnswers(word.checkId, reply.managersWord);
      }
    },
    async endCall() {
      const { caller, since } = talking();
      phase = 'over';
      heard = null;
      const facts = await desk.observer.facts(caller.account.id, mark, since).catch((thrown: unknown) => {
        phase = 'talking';
        throw thrown;
      });
      const { persona, account } = caller;
      results.push({
        number: results.length + 1,
        persona: persona.kind,
        honest: persona.honest,
        displayName: account.displayName,
        userName: account.userName,
        end: facts.end,
        took: facts.took,
        tells: tellsOf(caller),
        ...scoreCall(caller, { ...facts, asked: new Set(asked) }, scene),
      });
      if (results.length === callers.length) phase = 'finished';
    },
  };
}
