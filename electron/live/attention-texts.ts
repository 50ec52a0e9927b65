import type { LiveEvent } from '../../shared/api/live.ts';

/** What the system's notification says; null for what can wait. Names no account: a screen is seen by others. */
export function attentionTexts(event: LiveEvent): { readonly title: string; readonly body: string } | null {
  switch (event.type) {
    case 'approval-asked':
      return {
        title: 'Approval asked',
        body: `${event.operator} asks for a second pair of eyes in case ${event.caseNumber}.`,
      };
    case 'account-flagged':
      return { title: 'Suspicious call', body: 'An operator has flagged an account. See the queue.' };
    case 'account-frozen':
      return { title: 'Account frozen', body: 'An owner said that a reset was not theirs. See the queue.' };
    case 'alert-changed':
      return event.raised
        ? { title: 'Raised alert', body: 'Every reset needs four eyes until it lapses.' }
        : null;
    default:
      return null;
  }
}
