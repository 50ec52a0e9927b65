import { z } from 'zod';
import { checkKind } from './check.ts';
import { endpoint } from './endpoint.ts';

/** Who may be on the line; told only when the call is over. */
export const personaKinds = [
  'forgetful',
  'phone-at-home',
  'fumbles',
  'privileged-hurry',
  'wants-proof',
  'knows-data',
  'reads-the-mailbox',
  'calls-again',
  'claims-to-be-boss',
  'changed-contact',
] as const;
export const personaKind = z.enum(personaKinds);
export type PersonaKind = (typeof personaKinds)[number];

/** What an agent can ask or tell the invented caller, in the order of the buttons. */
export const drillQuestions = [
  'identity',
  'code',
  'call-back',
  'manager',
  'badge',
  'phrase',
  'no-way-around',
] as const;
export const drillQuestion = z.enum(drillQuestions);
export type DrillQuestion = (typeof drillQuestions)[number];

/** How a call ended, as the drill counts it. */
export const callEnds = ['reset', 'refused', 'closed', 'hung-up', 'wrong-account'] as const;

/** What points are given for, and how many at most. */
export const scoreParts = { outcome: 60, evidence: 15, warning: 10, privacy: 10, time: 5 } as const;
export type ScorePart = keyof typeof scoreParts;
export const scorePartNames = Object.keys(scoreParts) as [ScorePart, ...ScorePart[]];

/** What else is going on while it is practised: nothing, or a raised alert, with four eyes for every reset and without weak checks. */
export const drillScenes = ['calm', 'raised-alert'] as const;
export const drillScene = z.enum(drillScenes);
export type DrillScene = (typeof drillScenes)[number];

/** Callers in a drill. */
export const drillSizes = { short: 3, full: 8 } as const;
export const highestSeed = 999_999;

export const callResult = z.object({
  number: z.int(),
  persona: personaKind,
  honest: z.boolean(),
  displayName: z.string(),
  userName: z.string(),
  end: z.enum(callEnds),
  /** Seconds from taking the call to its end. */
  took: z.int(),
  parts: z.array(z.object({ part: z.enum(scorePartNames), points: z.int(), most: z.int() })),
  score: z.int().min(0).max(100),
  /** What gave the caller away, or showed that they were honest. */
  tells: z.array(z.string()),
  /** Checks that were recorded as passed although what was heard said otherwise, or nothing had been heard. */
  unfounded: z.array(checkKind),
  /** The second pair of eyes said no. */
  denied: z.boolean(),
});
export type CallResult = z.infer<typeof callResult>;

export const drillView = z.object({
  id: z.string(),
  seed: z.int(),
  scene: drillScene,
  callers: z.int(),
  /** The call that rings, runs or has just ended, from 1. */
  number: z.int(),
  phase: z.enum(['ringing', 'talking', 'over', 'finished']),
  /** Said so far in this call, oldest first. */
  said: z.array(z.object({ by: z.enum(['caller', 'agent', 'somebody-else']), text: z.string() })),
  /** A code that the caller has read out, right or wrong, for as long as its check waits. */
  heard: z.object({ caseId: z.string(), checkId: z.string(), kind: checkKind, code: z.string() }).nullable(),
  takenAt: z.iso.datetime().nullable(),
  results: z.array(callResult),
  /** Of 100; only when the last call is over. */
  score: z.int().nullable(),
});
export type DrillView = z.infer<typeof drillView>;

export const finishedDrill = z.object({
  id: z.string(),
  seed: z.int(),
  scene: drillScene,
  callers: z.int(),
  score: z.int(),
  finishedAt: z.iso.datetime(),
});

export const byDrill = z.object({ drillId: z.string().min(1).max(100) });

export const beginDrill = endpoint({
  id: 'beginDrill',
  method: 'POST',
  path: '/drills',
  summary:
    'Begin a drill with invented callers; one that was running ends. The same seed brings the same callers',
  right: 'cases.work',
  body: z.object({
    seed: z.int().min(1).max(highestSeed).optional(),
    size: z.enum(['short', 'full']).default('full'),
    scene: drillScene.default('calm'),
  }),
  answer: drillView,
  errors: ['drill.not-possible'],
});

export const listDrills = endpoint({
  id: 'listDrills',
  method: 'GET',
  path: '/drills',
  summary: "The operator's own finished drills, newest first, and the one that runs",
  right: 'cases.work',
  answer: z.object({ finished: z.array(finishedDrill), running: drillView.nullable() }),
  errors: [],
});

export const getDrill = endpoint({
  id: 'getDrill',
  method: 'GET',
  path: '/drills/:drillId',
  summary: 'A drill as it stands',
  right: 'cases.work',
  params: byDrill,
  answer: drillView,
  errors: ['drill.not-found'],
});

export const takeCall = endpoint({
  id: 'takeCall',
  method: 'POST',
  path: '/drills/:drillId/take-call',
  summary: 'Take the next call',
  right: 'cases.work',
  params: byDrill,
  answer: drillView,
  errors: ['drill.not-found', 'request.conflict'],
});

export const askCaller = endpoint({
  id: 'askCaller',
  method: 'POST',
  path: '/drills/:drillId/ask',
  summary: 'Ask the invented caller, or listen to what a call-back or the manager says',
  right: 'cases.work',
  params: byDrill,
  body: z.object({ question: drillQuestion }),
  answer: drillView,
  errors: ['drill.not-found', 'request.conflict'],
});

export const endCall = endpoint({
  id: 'endCall',
  method: 'POST',
  path: '/drills/:drillId/end-call',
  summary: 'End the call and see what came of it; after the last one the score is kept',
  right: 'cases.work',
  params: byDrill,
  answer: drillView,
  errors: ['drill.not-found', 'request.conflict'],
});

export const leaveDrill = endpoint({
  id: 'leaveDrill',
  method: 'POST',
  path: '/drills/:drillId/leave',
  summary: 'End a drill before its last call, without a score, or put a finished one away',
  right: 'cases.work',
  params: byDrill,
  answer: z.object({}),
  errors: ['drill.not-found'],
});
