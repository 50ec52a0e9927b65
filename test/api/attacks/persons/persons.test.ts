import { describe, expect } from 'vitest';
import { persons } from './persons.ts';
import { attackTest as it, temporary } from '../scene.ts';
import { warnings } from './linked-accounts.ts';

/** The samples that are standard, active, and have an address and a number, and whose neighbour has as well. */
const usable = (at: number) =>
  at % 50 !== 9 &&
  at % 11 !== 4 &&
  at % 19 !== 11 &&
  at % 17 !== 12 &&
  ![at % 29 === 5, at % 23 === 6, at % 41 === 7, at % 37 === 8].includes(true);
const numbers = Array.from({ length: 498 }, (_, at) => at).filter((at) => usable(at) && usable(at + 1));
const apart: number[] = [];
for (const at of numbers) if (at > (apart.at(-1) ?? -2) + 1) apart.push(at);

describe('one person who acts as two', () => {
  it.for(persons.map((attack, at) => [attack.name, attack, apart[at] ?? 0] as const))(
    'is refused: %s',
    // The first attack also waits until the staff is hired.
    { timeout: 60_000 },
    async ([_name, attack, number], { scenes }) => {
      const scene = await scenes.play(number);
      const last = (await scene.backend.readAudit()).at(-1)?.seq ?? 0;

      const { status, body } = await attack.run(scene);

      expect(body.code).toBe(attack.code);
      expect(status).toBeGreaterThanOrEqual(400);
      const recorded = (await scene.backend.readAudit())
        .filter(({ seq, outcome }) => seq > last && outcome !== 'done')
        .map(({ facts }) => (JSON.parse(facts) as { code?: string }).code);
      expect(recorded).toContain(attack.code);
    },
  );

  it.for(warnings.map((warning, at) => [warning.what, warning, apart[persons.length + at] ?? 0] as const))(
    'needs no approval for an account because an unrelated one %s',
    async ([_what, { happen }, number], { scenes }) => {
      const scene = await scenes.play(number);
      await happen(scene);
      await scene.olga.prove();
      const { status } = await scene.olga.mint((await scene.verified(scene.olga)).id, temporary);
      expect(status).toBe(200);
    },
  );

  it('has enough accounts for the table', () => {
    expect(apart.length).toBeGreaterThan(persons.length + warnings.length);
  });
});
