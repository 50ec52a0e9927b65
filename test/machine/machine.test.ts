import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OperatorSession } from '../../backend/authorization/operator-session.ts';
import { openMachine, type Machine } from './machine.ts';
import type { History } from './oracle.ts';
import { play } from './play.ts';
import { createCounts } from './run.ts';
import { way } from './ways.ts';

/** `RESET_DESK_MACHINE_RUNS` plays another number of runs; see docs/testing.md. */
const runs = Number(process.env['RESET_DESK_MACHINE_RUNS'] ?? 10_000);
const tier = fc.constantFrom<History['tier']>('standard', 'standard', 'sensitive', 'privileged');

let machine: Machine;
let sessions: readonly OperatorSession[];
beforeAll(async () => {
  machine = await openMachine();
  const olga = await machine.hire('olga', ['operator'], 'olga@example.com');
  const otto = await machine.hire('otto', ['operator', 'approver']);
  const petra = await machine.hire('petra', ['approver']);
  const secondSelf = await machine.hire('olga.admin', ['approver'], 'Olga@Example.com');
  const paul = await machine.hire('paul', ['approver']);
  sessions = [olga, { ...olga, id: 'her other console' }, otto, petra, secondSelf, paul];
});
afterAll(() => machine.close());

it('no sequence of calls resets a password without enough assurance, a valid grant and every approval that is needed', async () => {
  const seen = createCounts();
  await fc.assert(
    fc.asyncProperty(tier, way, async (whose, steps) => {
      expect(await play(machine, sessions, seen, whose, steps)).toEqual([]);
    }),
    { numRuns: runs },
  );
  // The property proves nothing if few runs reach a reset.
  expect(seen.resets).toBeGreaterThan(runs / 20);
  expect(seen.withFourEyes).toBeGreaterThan(runs / 200);
  expect(seen.refused).toBeGreaterThan(runs);
}, 600_000);
