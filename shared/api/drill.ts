import { z } from 'zod';
import { checkKind } from './check.ts';
import { endpoint } from './endpoint.ts';

/** The kinds of caller; shown only when the call is over. */
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

/** The questions to the invented caller, in the order of the buttons. */
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

/** How a call ended. */
export const callEnds = ['reset', 'refused', 'closed', 'hung-up', 'wrong-account'] as const;

/** What earns points, with the maximum of each. */
export const scoreParts = { outcome: 60, evidence: 15, warning: 10, privacy: 10, time: 5 } as const;
export type ScorePart = keyof typeof scoreParts;
export const scorePartNames = Object.keys(scoreParts) as [ScorePart, ...ScorePart[]];

/** The scene of a drill: `calm`, or a raised alert, in which every reset needs an approval and weak checks do not count. */
export const drillScenes = ['calm', 'raised-alert'] as const;
export const drillScene = z.enum(drillScenes);
export type DrillScene = (typeof drillScenes)[number];

/** The number of callers in a drill. */
export const drillSizes = { short: 3, full: 8 } as const;
export const highestSeed = 999_999;

export const callResult = z.object({
  number: z.int(),
  persona: personaKind,
  honest: z.boolean(),
  displayName: z.string(),
  userName: z.string(),
  end: z.enum(callEnds),
  /** Seconds from the start of the call to its end. */
  took: z.int(),
  parts: z.array(z.object({ part: z.enum(scorePartNames), points: z.int(), most: z.int() })),
  score: z.int().min(0).max(100),
  /** What exposed the attacker, or showed that the caller was honest. */
  tells: z.array(z.string()),
  /** Checks that the operator recorded as passed against the evidence, or without any. */
  unfounded: z.array(checkKind),
  /** The approver denied the reset. */
  denied: z.boolean(),
});
export type CallResult = z.infer<typeof callResult>;

export const drillView = z.object({
  id: z.string(),
  seed: z.int(),
  scene: drillScene,
  callers: z.int(),
  /** The current call, from 1: it rings, runs or has just ended. */
  number: z.int(),
  phase: z.enum(['ringing', 'talking', 'over', 'finished']),
  /** The dialogue of this call so far, oldest first. */
  said: z.array(z.object({ by: z.enum(['caller', 'agent', 'somebody-else']), text: z.string() })),
  /** The code that the caller has read out, right or wrong, while its check is pending. */
  heard: z.object({ caseId: z.string(), checkId: z.string(), kind: checkKind, code: z.string() }).nullable(),
  takenAt: z.iso.datetime().nullable(),
  results: z.array(callResult),
  /** Points of 100; null until the last call is over. */
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
    'Begin a drill with invented callers and end the running one. The same seed gives the same callers',
  right: 'cases.work',
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
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
  summary: "List the operator's finished drills, newest first, and the running one",
  right: 'cases.work',
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
  answer: z.object({ finished: z.array(finishedDrill), running: drillView.nullable() }),
  errors: [],
});

export const getDrill = endpoint({
  id: 'getDrill',
  method: 'GET',
  path: '/drills/:drillId',
  summary: 'Get a drill',
  right: 'cases.work',
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
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
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
  params: byDrill,
  answer: drillView,
  errors: ['drill.not-found', 'request.conflict'],
});

export const askCaller = endpoint({
  id: 'askCaller',
  method: 'POST',
  path: '/drills/:drillId/ask',
  summary: 'Ask the invented caller, or hear the answer of a call-back or of the manager',
  right: 'cases.work',
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
  params: byDrill,
  body: z.object({ question: drillQuestion }),
  answer: drillView,
  errors: ['drill.not-found', 'request.conflict'],
});

export const endCall = endpoint({
  id: 'endCall',
  method: 'POST',
  path: '/drills/:drillId/end-call',
  summary: 'End the call and get its result; the last call stores the score',
  right: 'cases.work',
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
  params: byDrill,
  answer: drillView,
  errors: ['drill.not-found', 'request.conflict'],
});

export const leaveDrill = endpoint({
  id: 'leaveDrill',
  method: 'POST',
  path: '/drills/:drillId/leave',
  summary: 'End a drill before its last call, without a score, or close a finished one',
  right: 'cases.work',
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
  params: byDrill,
  answer: z.object({}),
  errors: ['drill.not-found'],
});
