import { expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { firstView } from './case-view-for-test.ts';
import { currentStep } from './current-step.ts';
import { readCase } from './read-case.ts';

const met = { ...firstView().assurance, met: true };
const reset = { id: 'r1', state: 'done', use: 'none', action: 'temporary-password' };
const viewWith = (secretLost: boolean) =>
  ({ ...firstView(), assurance: met, resets: [{ ...reset, secretLost }] }) as CaseView;

function bridgeWith(view: CaseView, held: boolean) {
  const asked: string[] = [];
  const bridge = {
    cases: { get: async () => ({ ok: true, value: view }) },
    handover: {
      isHeld: async ({ resetId }: { resetId: string }) => {
        asked.push(resetId);
        return { ok: true, value: { held } };
      },
    },
  } as unknown as Bridge;
  return { bridge, asked };
}

it('a password that the server has lost and main holds can be handed over', async () => {
  const { bridge, asked } = bridgeWith(viewWith(true), true);
  expect(currentStep(await readCase(bridge, 'c1'))).toBe('handover');
  expect(asked).toEqual(['r1']);
});

it('a password that both have lost is reset again, as one that was set and not as one that is unknown', async () => {
  const { bridge } = bridgeWith(viewWith(true), false);
  const view = await readCase(bridge, 'c1');
  expect(currentStep(view)).toBe('reset');
  expect(view.resets[0]).toMatchObject({ state: 'done', secretLost: true });
});

it('main is not asked about a password that the server holds', async () => {
  const { bridge, asked } = bridgeWith(viewWith(false), false);
  expect(currentStep(await readCase(bridge, 'c1'))).toBe('handover');
  expect(asked).toEqual([]);
});
