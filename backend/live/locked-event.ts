import type { LiveEvent, LockedEvent } from '../../shared/api/live.ts';

/** The part of an event that a locked console receives; null if it receives only a new count, undefined if it receives nothing. */
export function toLockedEvent(event: LiveEvent): LockedEvent['happened'] | undefined {
  switch (event.type) {
    case 'approval-asked':
    case 'account-flagged':
    case 'account-frozen':
    case 'change-held':
      return event.type;
    case 'alert-changed':
      return event.raised ? 'alert-raised' : undefined;
    case 'approval-settled':
      return null;
    case 'case-changed':
    case 'account-changed':
    case 'required-reset-changed':
    case 'policy-changed':
    case 'session-ended':
    case 'operator-reported':
    case 'protected-change-proposed':
    case 'protected-change-settled':
    case 'protected-change-made':
      return undefined;
  }
}
