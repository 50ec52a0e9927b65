import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ResetView } from '../../../../shared/api/reset.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { CallerSentence } from './caller-sentence.tsx';

beforeAll(() => setUpTexts());
afterEach(cleanup);

const sentence = (reset: Partial<ResetView>, minutes = 30): string => {
  const view = {
    action: 'temporary-password',
    deliveryMode: 'spoken',
    sentBy: null,
    // Half a minute more, so that the time that the test takes does not count.
    validUntil: new Date(Date.now() + minutes * 60_000 + 30_000).toISOString(),
    ...reset,
  } as ResetView;
  render(
    <MantineProvider>
      <CallerSentence reset={view} />
    </MantineProvider>,
  );
  const text = screen.getByTestId('handover-sentence').textContent;
  cleanup();
  return text;
};

describe('the sentence for the caller', () => {
  it('names the channel of a sealed or split password', () => {
    expect(sentence({ deliveryMode: 'sealed', sentBy: 'mail' })).toContain('sent you an email');
    expect(sentence({ deliveryMode: 'sealed', sentBy: 'text' })).toContain('sent a text message');
    expect(sentence({ deliveryMode: 'split', sentBy: 'text' })).toContain('second half is in a text');
    expect(sentence({ action: 'reset-link', sentBy: 'mail' })).toContain('email with a link');
  });

  it('rounds the remaining validity down to whole minutes, then to hours', () => {
    expect(sentence({}, 30)).toContain('within 30 minutes');
    expect(sentence({}, 1)).toContain('within 1 minute.');
    expect(sentence({}, 0)).toContain('at once');
    expect(sentence({}, 55)).toContain('within one hour');
    expect(sentence({}, 170)).toContain('within 3 hours');
    expect(sentence({}, 165)).toContain('within 2 hours');
  });
});
