import type { LiveEvent, LockedEvent } from '../../../shared/api/live.ts';

/** One notification of the system. */
export interface NotificationTexts {
  readonly title: string;
  readonly body: string;
}

/** What the system's notification says; null for what can wait. Names no account: a screen is seen by others. */
export function notificationTexts(event: LiveEvent): NotificationTexts | null {
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
    case 'change-held':
      return {
        title: 'Change held',
        body: 'A user changed how to be reached or to sign in, right after a reset. See the queue.',
      };
    case 'operator-reported':
      return {
        title: 'Operator’s report',
        body: `${event.operator} says of a mail about their access: this was not me.`,
      };
    case 'alert-changed':
      return event.raised
        ? { title: 'Raised alert', body: 'Every reset needs four eyes until it lapses.' }
        : null;
    default:
      return null;
  }
}

/** The same where the console is locked: nobody is named, neither caller nor operator nor case. */
export const lockedNotificationTexts: Readonly<
  Record<NonNullable<LockedEvent['happened']>, NotificationTexts>
> = {
  'approval-asked': { title: 'An approval is waiting', body: 'Unlock Reset Desk to see the queue.' },
  'account-flagged': { title: 'Suspicious call', body: 'Unlock Reset Desk to see the queue.' },
  'account-frozen': { title: 'Account frozen', body: 'Unlock Reset Desk to see the queue.' },
  'change-held': { title: 'A change is held', body: 'Unlock Reset Desk to see the queue.' },
  'alert-raised': { title: 'Raised alert', body: 'Every reset needs four eyes until it lapses.' },
};
