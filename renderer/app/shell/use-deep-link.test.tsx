import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { DeepLink } from '../../../shared/bridge/deep-link.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import type { Route } from './route.ts';
import { useDeepLink } from './use-deep-link.ts';

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

const call: DeepLink = { kind: 'call', search: '+15550100', ticket: 'INC-1' };
const approval: DeepLink = { kind: 'approval', caseNumber: 7 };

/** The hook at a screen, with links that main holds until the page takes them. */
function atScreen(route: Route, { isApprover = true } = {}) {
  const waiting: DeepLink[] = [];
  const went: Route[] = [];
  const listeners = new Set<() => void>();
  const bridge = {
    on: (_event: string, listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    app: { takeLink: async () => ({ ok: true, value: waiting.shift() ?? null }) },
  } as unknown as Bridge;
  const onGo = (to: Route) => void went.push(to);
  const { result } = renderHook(() => useDeepLink(route, onGo, isApprover), {
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <BridgeOverride value={bridge}>{children}</BridgeOverride>
    ),
  });
  const arrive = (link: DeepLink) =>
    act(async () => {
      waiting.push(link);
      listeners.forEach((listener) => listener());
    });
  return { arrive, went, result };
}

describe('a link of another program', () => {
  it.each(['desk', 'queue', 'cases', 'audit', 'outbox', 'accounts'] as const)(
    'replaces the screen %s',
    async (screen) => {
      const { arrive, went } = atScreen({ screen });
      await arrive(call);
      await arrive(approval);
      await waitFor(() =>
        expect(went).toEqual([
          { screen: 'desk', search: { text: '+15550100', ticket: 'INC-1', key: expect.any(Number) } },
          { screen: 'queue', caseNumber: 7 },
        ]),
      );
    },
  );

  it.each<Route>([
    { screen: 'case', caseId: 'c1' },
    { screen: 'practise' },
    { screen: 'settings' },
    { screen: 'import' },
    { screen: 'requiredResets' },
  ])('is only offered at %j', async (route) => {
    const { arrive, went, result } = atScreen(route);
    await arrive(call);
    expect([went, result.current.offered]).toEqual([[], call]);
    act(() => result.current.open());
    expect(went).toMatchObject([{ screen: 'desk', search: { text: '+15550100' } }]);
    expect(result.current.offered).toBeNull();
  });

  it('fills in the search again after each lock', async () => {
    const keys: unknown[] = [];
    for (const shell of [atScreen({ screen: 'desk' }), atScreen({ screen: 'desk' })]) {
      await shell.arrive(call);
      keys.push(...shell.went.map((route) => ('search' in route ? route.search?.key : null)));
    }
    expect(new Set(keys).size).toBe(2);
  });

  it('to a request is only named to an operator who decides about no approvals', async () => {
    const { arrive, went, result } = atScreen({ screen: 'desk' }, { isApprover: false });
    await arrive(approval);
    expect([went, result.current.offered]).toEqual([[], approval]);
    await arrive(call);
    expect(went).toHaveLength(1);
  });

  it('is only offered while a dialog is open', async () => {
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    document.body.append(dialog);
    const { arrive, went, result } = atScreen({ screen: 'desk' });
    await arrive(approval);
    expect([went, result.current.offered]).toEqual([[], approval]);
    act(() => result.current.dismiss());
    expect([went, result.current.offered]).toEqual([[], null]);
  });
});
