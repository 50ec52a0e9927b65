import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ApprovalNote } from './approval-note.tsx';
import { firstView } from './case-view-for-test.ts';

beforeAll(() => setUpTexts());
afterEach(cleanup);

const request: CaseView['approval']['request'] = {
  id: 'r1',
  action: 'temporary-password',
  state: 'pending',
  askedAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  decidedBy: null,
  reason: null,
};
type Approvers = CaseView['approval']['approvers'];

const show = (
  approvers: Approvers,
  asked: CaseView['approval']['request'] = request,
  more: Partial<CaseView> = {},
) => {
  const withdraw = vi.fn<(asked: object) => Promise<never>>(() => new Promise(() => undefined));
  const obstacle = asked === null ? 'approval-needed' : 'approval-pending';
  const view: CaseView = {
    ...firstView(),
    actions: [{ action: 'temporary-password', obstacle }],
    approval: { needed: ['tier'], approvers, request: asked },
    ...more,
  };
  render(
    <MantineProvider>
      <BridgeOverride value={{ fourEyes: { withdraw } } as unknown as Bridge}>
        <ApprovalNote view={view} onCase={() => undefined} />
      </BridgeOverride>
    </MantineProvider>,
  );
  return { withdraw, text: screen.getByTestId('case-approval').textContent };
};

describe.each([
  ['before the request', null],
  ['while the request waits', request],
] as const)('the note about an approval, %s', (_name, asked) => {
  it('asks the caller to stay on the line only if an approver can answer', () => {
    expect(show({ state: 'signed-in', lastSeenAt: null }, asked).text).toContain('Please stay on the line');
    cleanup();
    for (const state of ['none', 'away'] as const) {
      expect(show({ state, lastSeenAt: null }, asked).text).not.toContain('stay on the line');
      cleanup();
    }
  });

  it('says when an approver was last active, if any', () => {
    expect(show({ state: 'none', lastSeenAt: null }, asked).text).toContain(
      'No approver can answer this request',
    );
    cleanup();
    expect(show({ state: 'away', lastSeenAt: '2020-05-04T12:00:00Z' }, asked).text).toMatch(
      /last one was active .*2020/,
    );
    cleanup();
    expect(show({ state: 'away', lastSeenAt: null }, asked).text).toContain('none has ever signed in');
  });
});

describe('a request that waits', () => {
  it('is withdrawn by its operator', () => {
    const { withdraw } = show({ state: 'none', lastSeenAt: null });
    fireEvent.click(screen.getByTestId('case-withdraw-approval'));
    expect(withdraw).toHaveBeenCalledWith({ params: { caseId: 'c1', approvalId: 'r1' } });
  });

  it('is not offered for withdrawal to another operator', () => {
    show({ state: 'none', lastSeenAt: null }, request, {
      operator: { id: 'o2', displayName: 'Another', self: false },
    });
    expect(screen.queryByTestId('case-withdraw-approval')).toBeNull();
  });
});
