import { describe, expect } from 'vitest';
import type { AccountView } from '../../../shared/api/account.ts';
import { attacks } from './attacks.ts';
import { attackTest, temporary, type Scene } from './scene.ts';

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

const rows = Object.entries(attacks).flatMap(([group, list]) => list.map((attack) => ({ group, attack })));

describe("an operator's real token, without the console", () => {
  const it = attackTest.extend(
    'refusals',
    ({ backend }) =>
      async () =>
        (await backend.readAudit()).filter(({ outcome }) => outcome !== 'done'),
  );

  const assertUnchanged = async (scene: Scene, before: AccountView) => {
    await scene.ann.prove();
    const { body } = await scene.ann.call<AccountView>('GET', `/accounts/${before.id}`);
    expect(body.passwordSetAt).toBe(before.passwordSetAt);
    expect(body.mustChangePassword).toBe(before.mustChangePassword);
  };

  it.for(rows.map(({ group, attack }, at) => [group, attack.name, attack, apart[at] ?? 0] as const))(
    'is refused %s: %s',
    // The first attack also waits until the staff is hired.
    { timeout: 60_000 },
    async ([_group, _name, attack, number], { scenes, refusals }) => {
      const scene = await scenes.play(number);
      await scene.olga.prove();
      const id = await scene.ann.accountId(scene.account);
      const before = (await scene.ann.call<AccountView>('GET', `/accounts/${id}`)).body;
      const last = (await refusals()).at(-1)?.seq ?? 0;

      const { status, body } = await attack.run(scene);

      expect(body.code).toBe(attack.code);
      expect(status).toBeGreaterThanOrEqual(400);
      await assertUnchanged(scene, before);
      const recorded = (await refusals())
        .filter(({ seq }) => seq > last)
        .map(({ facts }) => (JSON.parse(facts) as { code?: string }).code);
      expect(recorded).toContain(attack.code);
    },
  );

  it('gets one reset of two that spend a grant at the same time', async ({ scenes }) => {
    const scene = await scenes.play(apart[rows.length] ?? 0);
    await scene.olga.prove();
    const view = await scene.verified(scene.olga);
    const grant = await scene.granted(scene.olga, view);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        scene.olga.reset(view.id, grant, temporary, `press-at-once-${at}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(
      new Set(['grant.spent']),
    );
  });

  it('has been tried in at least forty ways', () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
  });
});
