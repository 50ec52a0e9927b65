import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { UnsavedProvider, useLeaveGuard, useUnsaved, useUnsavedTitles } from './unsaved.tsx';

beforeAll(() => setUpTexts());

function Form({ title, isUnsaved }: { readonly title: string; readonly isUnsaved: boolean }) {
  useUnsaved(title, isUnsaved);
  return null;
}
function Screen({ go }: { readonly go: () => void }) {
  const { leave, dialog } = useLeaveGuard();
  return (
    <>
      <button type="button" onClick={() => leave(go)}>
        elsewhere
      </button>
      <output>{useUnsavedTitles().join(', ')}</output>
      {dialog}
    </>
  );
}
/** A screen with two forms of which some hold unsaved changes. */
function show(unsaved: readonly string[]) {
  const go = vi.fn<() => void>();
  const content = (titles: readonly string[]) => (
    <MantineProvider>
      <UnsavedProvider>
        <Screen go={go} />
        {['Email', 'Policy'].map((title) => (
          <Form key={title} title={title} isUnsaved={titles.includes(title)} />
        ))}
      </UnsavedProvider>
    </MantineProvider>
  );
  const { rerender } = render(content(unsaved));
  const leave = () => fireEvent.click(screen.getByText('elsewhere'));
  return { go, leave, change: (titles: readonly string[]) => rerender(content(titles)) };
}

describe('leaving a screen', () => {
  it('happens at once when every change was saved', () => {
    const { go, leave } = show([]);
    leave();
    expect(go).toHaveBeenCalledTimes(1);
  });

  it('waits for a decision about the forms with changes', () => {
    const { go, leave } = show(['Email', 'Policy']);
    leave();
    expect(screen.getByText('You have unsaved changes: Email, Policy.')).toBeTruthy();
    expect(go).not.toHaveBeenCalled();
  });

  it('keeps the changes when the operator stays', () => {
    const { go, leave } = show(['Policy']);
    leave();
    fireEvent.click(screen.getByTestId('unsaved-stay'));
    expect(screen.queryByTestId('unsaved-discard')).toBeNull();
    expect(go).not.toHaveBeenCalled();
  });

  it('continues when the operator discards the changes', () => {
    const { go, leave } = show(['Policy']);
    leave();
    fireEvent.click(screen.getByTestId('unsaved-discard'));
    expect(go).toHaveBeenCalledTimes(1);
  });

  it('does not ask after the changes were saved', () => {
    const { go, leave, change } = show(['Policy']);
    expect(screen.getByRole('status').textContent).toBe('Policy');
    change([]);
    expect(screen.getByRole('status').textContent).toBe('');
    leave();
    expect(go).toHaveBeenCalledTimes(1);
  });
});
