import type { LiveEvent } from '../../shared/api/live.ts';
import type { OperatorSession } from '../operators/operator-session.ts';

type Listener = (event: LiveEvent) => void;

/** Carries what happened to the consoles that are listening. Publish after the commit: what was undone never happened. */
export interface Live {
  publish(event: LiveEvent): void;
  /** Listens as this operator, until the returned function is called. */
  subscribe(session: () => OperatorSession, listener: Listener): () => void;
}

/** Who may hear of an event. Ids alone mean nothing without the calls behind them, but names do. */
export function mayHear({ id, rights }: OperatorSession, event: LiveEvent): boolean {
  switch (event.type) {
    case 'case-changed':
    case 'approval-settled':
    case 'account-changed':
      return rights.has('cases.work') || rights.has('cases.see-all');
    case 'approval-asked':
      return rights.has('approvals.decide');
    case 'account-flagged':
    case 'account-frozen':
      return rights.has('approvals.decide');
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
    publish: (event) => {
      for (const { session, listener } of listeners) if (mayHear(session(), event)) listener(event);
    },
    subscribe: (session, listener) => {
      const entry = { session, listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
