import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkKinds } from '../../shared/api/check.ts';
import { drillQuestions } from '../../shared/api/drill.ts';
import type { Caller } from './callers.ts';
import { converse, opening, swapped, tellsOf } from './converse.ts';
import { personas, type Persona } from './personas.ts';

const account = {
  id: 'a',
  displayName: 'Iris Anker',
  userName: 'i.anker',
  department: 'Sales',
  manager: 'Otto Berg',
  employeeNumber: 'E1',
  tier: 'sensitive',
  open: [...checkKinds],
} as const;
const callerOf = (persona: Persona, guess: string, tone: number): Caller => ({
  persona,
  account,
  passes: persona.passes,
  guess,
  tone,
});
const codes = fc.stringMatching(/^\d{6,10}$/);
const callers = fc
  .tuple(fc.constantFrom(...personas), fc.stringMatching(/^\d{10}$/), fc.nat({ max: 999 }))
  .map(([persona, guess, tone]) => callerOf(persona, guess, tone));
const calm = { pending: new Set<never>(), sent: null, phraseSent: true, codesAsked: 0 };

test('a caller without access to a code never reads out the right one', () => {
  fc.assert(
    fc.property(
      callers,
      codes,
      fc.constantFrom('emailed-code', 'texted-code'),
      fc.boolean(),
      fc.nat({ max: 5 }),
      (caller, code, kind, phraseSent, codesAsked) => {
        fc.pre(!caller.passes.includes(kind));
        // A made-up code that happens to be the right one is replaced by another.
        for (const guess of [caller.guess, code.padEnd(10, '0')]) {
          const situation = {
            pending: new Set([kind] as const),
            sent: { kind, code },
            phraseSent,
            codesAsked,
          } as const;
          const reply = converse({ ...caller, guess }, 'code', situation);
          expect(reply.code).not.toBe(code);
          expect(reply.text.replaceAll(' ', '')).not.toContain(code);
        }
      },
    ),
  );
});

test('an honest caller with the code reads it out when asked a second time at the latest', () => {
  fc.assert(
    fc.property(callers, codes, (caller, code) => {
      fc.pre(caller.persona.honest && caller.passes.includes('emailed-code'));
      const sent = { kind: 'emailed-code', code } as const;
      const said = [0, 1].map((codesAsked) => converse(caller, 'code', { ...calm, sent, codesAsked }).code);
      expect(said).toContain(code);
    }),
  );
});

test('a caller who wants proof of the desk reads out no code before they have it', () => {
  const caller = callerOf(personas.find(({ kind }) => kind === 'wants-proof') as Persona, '1234567890', 0);
  const sent = { kind: 'emailed-code', code: '482913' } as const;
  expect(converse(caller, 'code', { ...calm, sent, phraseSent: false }).code).toBeNull();
  expect(converse(caller, 'code', { ...calm, sent }).code).toBe('482913');
});

test('swapping the digits of a code makes another code of the same length', () => {
  fc.assert(
    fc.property(codes, (code) => {
      expect(swapped(code)).not.toBe(code);
      expect(swapped(code)).toMatch(/^\d+$/);
      expect(swapped(code)).toHaveLength(code.length);
    }),
  );
});

test('a manager’s answer agrees with whether the caller passes that check', () => {
  const pending = new Set(['managers-word'] as const);
  const words = personas.map((persona) => {
    const { managersWord } = converse(callerOf(persona, '1234567890', 0), 'manager', { ...calm, pending });
    return [persona.kind, managersWord];
  });
  const expected = personas.map(({ kind, passes, honest }) => [
    kind,
    passes.includes('managers-word') ? 'yes' : honest ? null : 'no',
  ]);
  expect(words).toEqual(expected);
});

test("fills in every placeholder of a caller's sentences", () => {
  fc.assert(
    fc.property(callers, codes, fc.constantFrom(...drillQuestions), (caller, code, question) => {
      const situation = {
        pending: new Set(checkKinds),
        sent: { kind: 'emailed-code', code },
        phraseSent: true,
        codesAsked: 0,
      } as const;
      for (const text of [opening(caller), converse(caller, question, situation).text, ...tellsOf(caller)]) {
        expect(text).not.toMatch(/\{\{|\}\}|undefined/);
        expect(text.length).toBeGreaterThan(2);
      }
    }),
  );
});
