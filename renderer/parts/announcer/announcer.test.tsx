import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTimeLeftAnnouncements } from '../clock/countdown.ts';
import { Announcer, useAnnouncedChanges, useAnnouncement } from './announcer.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const heard = () => screen.getByTestId('announcer').textContent;
const pass = (ms: number) => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};

function Says({ sentences }: { readonly sentences: readonly (string | null)[] }) {
  useAnnouncement(sentences[0] ?? null);
  useAnnouncement(sentences[1] ?? null);
  return null;
}
function Deadline({ left }: { readonly left: number }) {
  useTimeLeftAnnouncements(left, (minutes) => `${minutes} min`);
  return null;
}
function Counts({ value }: { readonly value: number }) {
  useAnnouncedChanges(value, describeChange);
  return null;
}
const describeChange = (before: number, now: number) => [`from ${before} to ${now}`];

/** Draws the child in an announcer, and again with another child. */
function announcing(child: React.ReactNode) {
  const { rerender } = render(<Announcer>{child}</Announcer>);
  return (next: React.ReactNode) => rerender(<Announcer>{next}</Announcer>);
}

describe('the announcer', () => {
  it('reads the sentences of one moment together, each once', () => {
    announcing(<Says sentences={['Code passed', 'Enough to reset.']} />);
    expect(heard()).toBe('');
    pass(120);
    expect(heard()).toBe('Code passed Enough to reset.');
  });

  it('is emptied so that the same sentence is read again', () => {
    const again = announcing(<Says sentences={['Wrong code']} />);
    pass(120);
    pass(4000);
    expect(heard()).toBe('');
    again(<Says sentences={[null]} />);
    again(<Says sentences={['Wrong code']} />);
    pass(120);
    expect(heard()).toBe('Wrong code');
  });

  it('says nothing of a value that is only drawn', () => {
    announcing(<Counts value={1} />);
    pass(200);
    expect(heard()).toBe('');
  });

  it('says what has changed in a value', () => {
    const again = announcing(<Counts value={1} />);
    again(<Counts value={2} />);
    pass(120);
    expect(heard()).toBe('from 1 to 2');
  });

  it('says how long is left only five minutes and one minute before a deadline', () => {
    const spoken: string[] = [];
    const again = announcing(<Deadline left={400_000} />);
    for (let left = 399_000; left >= 0; left -= 1000) {
      again(<Deadline left={left} />);
      pass(1000);
      const now = heard();
      if (now !== '' && now !== null && spoken.at(-1) !== now) spoken.push(now);
    }
    expect(spoken).toEqual(['5 min', '1 min']);
  });
});
