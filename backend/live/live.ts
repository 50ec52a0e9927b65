import type { LiveEvent } from '../../shared/api/live.ts';
import { canAccess, type Scoped } from '../authorization/account-access.ts';
import type { OperatorSession } from '../authorization/operator-session.ts';

/** Gets the account that determines the recipients of an event with a name. */
type Listener = (event: LiveEvent, account?: Scoped) => void;

/** The events that name an account's owner. */
type NamingEvent = Extract<LiveEvent, { readonly displayName: string }>;

/**
 * Publishes events to the listening consoles. Publish after the commit, since a rolled-back change did not happen. An event with a name needs its
 * account, which determines the recipients and is not sent.
 */
export interface Live {
  publish(event: Exclude<LiveEvent, NamingEvent>): void;
  publish(event: NamingEvent, account: Scoped): void;
  /** Listens on behalf of an operator's session until the returned function is called. */
  subscribe(session: () => OperatorSession, listener: Listener): () => void;
  /** Whether a console of this operator is listening now. */
  isListening(operatorId: string): boolean;
}

/** Whether a session may receive an event. Events with ids only go by right; events with names also by the operator's scope. */
export function canReceive(
  { id, rights, operator }: OperatorSession,
  event: LiveEvent,
  account?: Scoped,
): boolean {
  switch (event.type) {
    case 'case-changed':
    case 'approval-settled':
    case 'account-changed':
      return rights.has('cases.work') || rights.has('cases.see-all');
    case 'approval-asked':
    case 'account-flagged':
    case 'account-frozen':
    case 'change-held':
      return rights.has('approvals.decide') && account !== undefined && canAccess(operator, account);
    case 'operator-reported':
    case 'protected-change-proposed':
    case 'protected-change-settled':
    case 'protected-change-made':
      return rights.has('operators.manage');
    case 'required-reset-changed':
      return rights.has('resets.require');
    case 'session-ended':
      return event.sessionId === id;
    case 'alert-changed':
    case 'policy-changed':
      return true;
  }
}

export function createLive(): Live {
  const listeners = new Set<{ session: () => OperatorSession; listener: Listener }>();
  return {
    publish: (event: LiveEvent, account?: Scoped) => {
      for (const { session, listener } of listeners)
        if (canReceive(session(), event, account)) listener(event, account);
    },
    isListening: (operatorId) => [...listeners].some(({ session }) => session().operator.id === operatorId),
    subscribe: (session, listener) => {
      const entry = { session, listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
