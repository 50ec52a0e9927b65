import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen } from '@testing-library/react';
import type { AccountHit } from '../../../shared/api/account.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import type { GivenSearch } from './given-search.ts';
import { AccountSearch } from './account-search.tsx';

const hitOf = (name: string) =>
  ({
    id: `id of ${name}`,
    displayName: name,
    userName: name,
    department: null,
    employeeNumber: null,
    emailMasked: null,
    tier: 'standard',
    statuses: ['active'],
    outOfScope: false,
    exact: null,
    matchedBy: [],
    directory: null,
    marks: { displayName: [], userName: [], employeeNumber: [] },
  }) as unknown as AccountHit;

/** A search box whose answers the test sends, in any order; `refusals` says how often a case is refused before one opens. */
export function searchBox({ refusals = 0, given = null as GivenSearch | null } = {}) {
  let refused = 0;
  const answers = new Map<string, (result: unknown) => void>();
  const asked: string[] = [];
  const filters: object[] = [];
  const opened: string[] = [];
  const bodies: object[] = [];
  const connected = new Set<(event: { state: string }) => void>();
  const bridge = {
    on: (_event: string, listener: (event: { state: string }) => void) => {
      connected.add(listener);
      return () => connected.delete(listener);
    },
    accounts: {
      search: ({ query }: { query: { q: string; choices?: string } }) => {
        const { q, choices, ...filter } = query;
        if (choices !== undefined)
          return Promise.resolve({
            ok: true,
            value: { q, hits: [], more: false, choices: { departments: ['IT'], directories: [] } },
          });
        asked.push(q);
        filters.push(filter);
        return new Promise((resolve) => {
          answers.set(q, resolve);
        });
      },
    },
    cases: {
      open: async ({ body }: { body: { accountId: string; ticket?: string } }) => {
        const { accountId } = body;
        opened.push(accountId);
        bodies.push(body);
        refused += 1;
        if (refused <= refusals) return { ok: false, failure: { code: 'server.unreachable' } };
        return { ok: true, value: { id: `case of ${accountId}` } };
      },
    },
  };
  render(
    <MantineProvider>
      <BridgeOverride value={bridge as unknown as Bridge}>
        <AccountSearch given={given} onOpen={() => undefined} />
      </BridgeOverride>
    </MantineProvider>,
  );
  const field = screen.getByTestId('search-field');
  return {
    asked,
    filters,
    opened,
    bodies,
    type: (text: string) => fireEvent.change(field, { target: { value: text } }),
    press: (key: string) => fireEvent.keyDown(field, { key }),
    answer: (q: string, names: readonly string[]) =>
      act(async () => answers.get(q)?.({ ok: true, value: { q, hits: names.map(hitOf), more: false } })),
    connect: (state: string) => act(async () => connected.forEach((listener) => listener({ state }))),
    fail: (q: string, failure: Failure) => act(async () => answers.get(q)?.({ ok: false, failure })),
    hits: () => screen.queryAllByTestId('search-hit').map((hit) => hit.textContent),
  };
}
