import type { EventValue } from '../../../shared/bridge/contract.ts';
import type { LiveEvent, LockedEvent } from '../../../shared/api/live.ts';

/** The texts of one notification of the system. */
export interface NotificationTexts {
  readonly title: string;
  readonly body: string;
  /** Where a click on the notification leads; the queue by default. */
  readonly leadsTo?: NotificationTarget;
}

/** The screen of a notification, and in the queue the case whose request is opened. */
export type NotificationTarget = Pick<EventValue<'navigate'>, 'to' | 'caseNumber'>;

/** The notification for an urgent event; null for others. It names no account, because other people may see the screen. */
export function notificationTexts(event: LiveEvent): NotificationTexts | null {
  switch (event.type) {
    case 'approval-asked':
      return {
        title: 'Approval requested',
        body: `${event.operator} requests approval for case ${event.caseNumber}.`,
        leadsTo: { to: 'queue', caseNumber: event.caseNumber },
      };
    case 'account-flagged':
      return { title: 'Suspicious call', body: 'An operator has flagged an account. See the queue.' };
    case 'account-frozen':
      return {
        title: 'Account frozen',
        body: 'The owner reports that they did not ask for a reset. See the queue.',
      };
    case 'change-held':
      return {
        title: 'Change held',
        body: 'A user changed contact details or a second factor right after a reset. See the queue.',
      };
    case 'operator-reported':
      return {
        title: 'Report by an operator',
        body: `${event.operator} reports that they did not ask for a change to their access.`,
      };
    case 'protected-change-proposed':
      return {
        title: 'A change needs your approval',
        body: `${event.operator} proposes a change. See Settings, Changes waiting.`,
        leadsTo: { to: 'settings' },
      };
    case 'alert-changed':
      return event.raised
        ? { title: 'Alert raised', body: 'Every reset needs approval until the alert ends.' }
        : null;
    default:
      return null;
  }
}

/** One notification for many that came within a short time. It may be shown at a locked console. */
export const manyNotificationsTexts = (count: number): NotificationTexts => ({
  title: `${count} cases need attention`,
  body: 'Requests, reports and held changes have arrived. See the queue.',
});

/** The notifications of a locked console, which name neither caller, operator nor case. */
export const lockedNotificationTexts: Readonly<
  Record<NonNullable<LockedEvent['happened']>, NotificationTexts>
> = {
  'approval-asked': { title: 'An approval is waiting', body: 'Unlock Reset Desk to see the queue.' },
  'account-flagged': { title: 'Suspicious call', body: 'Unlock Reset Desk to see the queue.' },
  'account-frozen': { title: 'Account frozen', body: 'Unlock Reset Desk to see the queue.' },
  'change-held': { title: 'A change is held', body: 'Unlock Reset Desk to see the queue.' },
  'alert-raised': { title: 'Alert raised', body: 'Every reset needs approval until the alert ends.' },
};
