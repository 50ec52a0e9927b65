import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { OpenCaseRow } from '../../../shared/api/case.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { CaseStrip } from './case-strip.tsx';

beforeAll(() => setUpTexts());

const row = (number: number, change: Partial<OpenCaseRow> = {}) =>
  ({
    id: `c${number}`,
    number,
    userName: `user${number}`,
    displayName: `Caller ${number}`,
    openedAt: new Date().toISOString(),
    result: 'none',
    waitsFor: null,
    waitsUntil: null,
    ...change,
  }) as OpenCaseRow;

function show(cases: readonly OpenCaseRow[], current: string | null) {
  const onOpen = vi.fn<(caseId: string) => void>();
  render(
    <MantineProvider>
      <CaseStrip cases={cases} current={current} onOpen={onOpen} />
    </MantineProvider>,
  );
  return onOpen;
}
const press = (key: string, modifiers: object = { ctrlKey: true }) =>
  fireEvent.keyDown(window, { key, code: `Digit${key}`, ...modifiers });

describe('the strip of open cases', () => {
  it('is hidden while the only open case is on the screen', () => {
    show([row(1)], 'c1');
    expect(screen.queryByTestId('case-strip')).toBeNull();
  });

  it('is shown on another screen for one open case', () => {
    show([row(1)], null);
    expect(screen.getByTestId('case-tab-user1').textContent).toContain('Caller 1');
  });

  it.each<[Partial<OpenCaseRow>, string]>([
    [{}, 'Verify the caller'],
    [{ result: 'verified' }, 'Verified, not reset'],
    [{ waitsFor: 'code' }, 'Waiting for the code'],
    [{ waitsFor: 'approver', result: 'verified' }, 'Waiting for an approver'],
  ])('says of a case with %o: %s', (change, expected) => {
    show([row(1, change)], null);
    expect(screen.getByTestId('case-tab-user1').textContent).toContain(expected);
  });

  it('opens a case by Ctrl and its digit as by a click', () => {
    const onOpen = show([row(1), row(2)], 'c1');
    press('2');
    expect(onOpen).toHaveBeenLastCalledWith('c2');
    fireEvent.click(screen.getByTestId('case-tab-user2'));
    expect(onOpen).toHaveBeenCalledTimes(2);
  });

  it('leaves a digit alone to the checks', () => {
    const onOpen = show([row(1), row(2)], 'c1');
    press('2', {});
    press('3');
    expect(onOpen).not.toHaveBeenCalled();
  });
});
