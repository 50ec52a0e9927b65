import fc from 'fast-check';
import type { ResetAction } from '../../shared/api/case.ts';

/**
 * A call or an event. `by` is an operator (0), the same at another console (1), one who approves too (2), an approver (3), or the first operator
 * under a second name (4).
 */
export type Step =
  | { do: 'open' | 'code' | 'refuse' | 'suspicious' | 'close'; by: number }
  | { do: 'email' | 'phone' | 'alert' | 'policy' | 'disable' | 'freeze' | 'lift' | 'clear'; by: number }
  | { do: 'import'; by: number; tier: 'standard' | 'sensitive' | 'privileged' }
  | { do: 'answer'; by: number; right: boolean }
  | { do: 'call'; by: number; outcome: 'confirmed' | 'denied' | 'not-reached' }
  | { do: 'mint' | 'ask'; by: number; action: ResetAction }
  | { do: 'spend'; by: number; action: ResetAction; grant: number }
  | { do: 'decide'; by: number; yes: boolean; proved: boolean }
  | { do: 'wait'; minutes: number };

const by = fc.integer({ min: 0, max: 4 });
const mostly = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: by });
const action = fc.oneof(
  { weight: 1, arbitrary: fc.constant<ResetAction>('temporary-password') },
  { weight: 4, arbitrary: fc.constant<ResetAction>('reset-link') },
);
const named = <const D extends Step['do']>(...names: D[]) => fc.constantFrom(...names);
const outcome = fc.constantFrom<'confirmed' | 'denied' | 'not-reached'>(
  'confirmed',
  'confirmed',
  'denied',
  'not-reached',
);

/** Any call, in any order. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: named('open', 'code'), by: mostly }) },
  { weight: 4, arbitrary: fc.record({ do: named('answer'), by: mostly, right: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: named('call'), by: mostly, outcome }) },
  { weight: 4, arbitrary: fc.record({ do: named('mint'), by: mostly, action }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: named('spend'), by: mostly, action, grant: fc.nat({ max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: named('ask'), by: mostly, action }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: named('decide'), by, yes: fc.boolean(), proved: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: named('refuse', 'suspicious', 'close', 'email', 'phone', 'alert', 'policy', 'disable'),
      by: mostly,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: named('freeze', 'lift', 'lift', 'clear', 'clear'), by }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: named('import'),
      by: fc.constant(3),
      tier: fc.constantFrom<'standard' | 'sensitive' | 'privileged'>('standard', 'sensitive', 'privileged'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: named('wait'), minutes: fc.constantFrom(1, 4, 11, 61) }) },
);

/** A complete honest sequence, so that many runs reach a reset and attack it from there. */
const honest = (wanted: ResetAction): readonly Step[] => [
  { do: 'open', by: 0 },
  { do: 'code', by: 0 },
  { do: 'answer', by: 0, right: true },
  { do: 'call', by: 0, outcome: 'confirmed' },
  { do: 'ask', by: 0, action: wanted },
  { do: 'decide', by: 3, yes: true, proved: true },
  { do: 'mint', by: 0, action: wanted },
  { do: 'spend', by: 0, action: wanted, grant: 0 },
];

const keptOf = (one: Step) =>
  fc.oneof(
    { weight: 19, arbitrary: fc.constant<Step | null>(one) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
const between = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step | null>(null) },
  { weight: 1, arbitrary: step },
);
/** The honest sequence with calls left out and other calls in between. */
const stumbling = fc
  .tuple(...honest('reset-link').map((one) => fc.tuple(keptOf(one), between)))
  .map((pairs) => pairs.flat().filter((one) => one !== null));

const thriceInVain: readonly Step[] = Array.from({ length: 3 }, (): readonly Step[] => [
  { do: 'open', by: 2 },
  { do: 'call', by: 2, outcome: 'denied' },
  { do: 'close', by: 2 },
]).flat();
/** The same operator at the other console, in the same case. */
const elsewhere: readonly Step[] = [
  { do: 'code', by: 1 },
  { do: 'answer', by: 1, right: true },
  { do: 'call', by: 1, outcome: 'confirmed' },
  { do: 'mint', by: 1, action: 'reset-link' },
  { do: 'spend', by: 1, action: 'reset-link', grant: 0 },
];
/** Events that change the account, its history or the policy during a case. */
const turns: readonly (readonly [weight: number, happens: readonly Step[]])[] = [
  [4, [{ do: 'phone', by: 0 }]],
  [3, [{ do: 'email', by: 0 }]],
  [1, [{ do: 'alert', by: 0 }]],
  [1, [{ do: 'policy', by: 0 }]],
  [1, [{ do: 'disable', by: 0 }]],
  [1, [{ do: 'wait', minutes: 11 }]],
  [
    2,
    [
      { do: 'open', by: 2 },
      { do: 'suspicious', by: 2 },
    ],
  ],
  [
    1,
    [
      { do: 'open', by: 2 },
      { do: 'refuse', by: 2 },
    ],
  ],
  [
    2,
    [
      { do: 'open', by: 2 },
      { do: 'call', by: 2, outcome: 'denied' },
    ],
  ],
  [
    1,
    [
      { do: 'freeze', by: 0 },
      { do: 'lift', by: 3 },
    ],
  ],
  [
    1,
    [
      { do: 'open', by: 2 },
      { do: 'suspicious', by: 2 },
      { do: 'clear', by: 3 },
    ],
  ],
  [1, [{ do: 'import', by: 3, tier: 'privileged' }]],
  [1, [{ do: 'import', by: 3, tier: 'standard' }]],
  [1, [{ do: 'decide', by: 4, yes: true, proved: true }]],
  [1, thriceInVain],
  [1, elsewhere],
];
const turn = fc.oneof(...turns.map(([weight, happens]) => ({ weight, arbitrary: fc.constant(happens) })));
/** The request for approval in the honest sequence. */
const asking = honest('reset-link').findIndex((one) => one.do === 'ask');
const whole = honest('reset-link').length;
/**
 * An honest sequence with one change before the request for approval and one after, often of the same kind: the approval
 * covers the first change and must not cover the second.
 */
const overtaken = fc
  .record({
    wanted: action,
    before: fc.option(fc.record({ at: fc.integer({ min: 0, max: asking }), happens: turn })),
    after: fc.record({
      at: fc.integer({ min: asking + 1, max: whole - 1 }),
      happens: fc.option(turn),
    }),
  })
  .map(({ wanted, before, after }) => {
    const again = after.happens ?? before?.happens ?? [];
    return honest(wanted).flatMap((one, index) => [
      ...(index === before?.at ? before.happens : []),
      ...(index === after.at ? again : []),
      one,
    ]);
  });

/** A sequence of calls about one account. */
export const way: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 1, arbitrary: fc.array(step, { maxLength: 14 }) },
  { weight: 2, arbitrary: stumbling },
  { weight: 1, arbitrary: overtaken },
);
