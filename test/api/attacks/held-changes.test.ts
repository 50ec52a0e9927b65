import { describe, expect } from 'vitest';
import { heldChanges, intrude } from './held-changes.ts';
import { attackTest as it, type Scene } from './scene.ts';

/** Samples that are standard, active, and have an address and a number. */
const numbers = [200, 203, 205, 207, 210, 214, 217, 219, 221, 223, 225, 227, 229, 231, 234, 238];

describe('an intruder who got a reset from the help desk', () => {
  const numberOf = async (scene: Scene) => {
    await scene.ann.prove();
    const id = await scene.ann.accountId(scene.account);
    const accounts = await scene.backend.readTable('accounts');
    return accounts.find((row) => row['id'] === id)?.['phone'];
  };

  it.for(heldChanges.map((attack, at) => [attack.name, attack, numbers[at] ?? 0] as const))(
    'does not get another number on file by %s',
    // The first attack also waits until the staff is hired.
    { timeout: 60_000 },
    async ([_name, attack, number], { scenes }) => {
      const scene = await scenes.play(number);
      const before = await numberOf(scene);
      const last = (await scene.backend.readAudit()).at(-1)?.seq ?? 0;

      const { status, body } = await attack.run(scene);

      expect(body.code).toBe(attack.code);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(await numberOf(scene)).toBe(before);
      const recorded = (await scene.backend.readAudit())
        .filter(({ seq, outcome }) => seq > last && outcome !== 'done')
        .map(({ facts }) => (JSON.parse(facts) as { code?: string }).code);
      expect(recorded).toContain(attack.code);
    },
  );

  it('succeeds only with the yes of an approver, which shows that the table above tests something', async ({
    scenes,
  }) => {
    const scene = await scenes.play(numbers[heldChanges.length] ?? 0);
    const intruder = await intrude(scene);
    await intruder.changeNumber();
    const { id } = await intruder.held();
    await scene.petra.prove();
    const answer = await scene.petra.call('POST', `/held-changes/${id}/decision`, {
      decision: 'approve',
      reason: 'Spoke to the user in person.',
    });
    expect(answer.status).toBe(200);
    expect(await numberOf(scene)).toBe('+49 30 5550666');
  });
});
