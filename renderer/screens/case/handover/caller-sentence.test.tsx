import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../../../shared/api/case.ts';
import type { ResetView } from '../../../../shared/api/reset.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { CallerSentence } from './caller-sentence.tsx';

beforeAll(() => setUpTexts());
afterEach(cleanup);

type Facts = CaseView['callerFacts'];
const told: Facts = { told: 'sent', signInAt: null };

const sentence = (reset: Partial<ResetView>, minutes = 30, facts: Facts = told): string => {
  const view = {
    action: 'temporary-password',
    deliveryMode: 'spoken',
    sentBy: null,
    delivery: 'accepted',
    // Half a minute longer, so that the duration of the test does not count.
    validUntil: new Date(Date.now() + minutes * 60_000 + 30_000).toISOString(),
    ...reset,
  } as ResetView;
  render(
    <MantineProvider>
      <CallerSentence reset={view} facts={facts} />
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

  it.each(['no-address', 'not-sent'] as const)(
    'does not miss a notice beside a link by email: %s',
    (state) => {
      const text = sentence({ action: 'reset-link', sentBy: 'mail' }, 30, { told: state, signInAt: null });
      expect(text).not.toContain('not notified');
    },
  );

  it.each([
    ['sent', 'We have sent you an email about this.', true],
    ['on-its-way', 'You will get an email about this.', true],
    ['not-sent', 'could not be sent', false],
    ['no-address', 'no address is on file', false],
  ] as const)('speaks of the mail to the owner only as it is: %s', (state, words, mentions) => {
    const text = sentence({}, 30, { told: state, signInAt: null });
    const [spoken = ''] = /“[^”]*”/.exec(text) ?? [];
    expect(text).toContain(words);
    expect(spoken.includes('email')).toBe(mentions);
  });

  it('says where to sign in if the console knows it', () => {
    expect(sentence({}, 30, { told: 'sent', signInAt: 'desk.example.com' })).toContain(
      'Sign in with it at desk.example.com within 30 minutes.',
    );
    expect(sentence({})).toContain('Sign in with it within 30 minutes.');
  });

  const sealed = { deliveryMode: 'sealed' } as const;
  const split = { deliveryMode: 'split' } as const;
  const link = { action: 'reset-link' } as const;
  it.each([
    ['link', link, 'mail'],
    ['sealed password', sealed, 'mail'],
    ['sealed password', sealed, 'text'],
    ['split password', split, 'mail'],
    ['split password', split, 'text'],
  ] as const)('never says that a %s was sent that was not: %o by %s', (_name, reset, sentBy) => {
    for (const delivery of ['queued', 'sending'] as const)
      expect(sentence({ ...reset, sentBy, delivery })).toContain('on its way');
    for (const delivery of ['failed', 'bounced', 'withdrawn'] as const) {
      const text = sentence({ ...reset, sentBy, delivery });
      expect(text).toContain('could not send');
      expect(text).not.toContain('within 30 minutes');
    }
    expect(sentence({ ...reset, sentBy, delivery: 'accepted' })).not.toContain('could not');
  });
});
