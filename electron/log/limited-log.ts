import { createBurstLimiter, type BurstLimiter } from '../limits/burst-limiter.ts';
import type { Log, LogFacts } from './log.ts';

interface Collaborators {
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

/** A window, and how many lines of one message and of all messages together it takes. The file holds 2 MB, about 15,000 lines. */
const windowMs = 10 * 60_000;
const maxOfMessage = 60;
const maxOfAll = 600;
/** Messages are constants, so there are few. If that fails, the further ones share a limit. */
const maxMessages = 500;
const otherMessages = 'other messages';

/**
 * Writes the first lines of each message and counts the others, so that neither a hostile server nor the page can push everything else
 * out of the log. An unexpected error that is not written gets the reference of the last one with the same message.
 */
export function createLimitedLog({ log, now, setTimer }: Collaborators): Log {
  const references = new Map<string, string>();
  const limiter = (message: string, burst: number) =>
    createBurstLimiter<() => void, number>({
      burst,
      windowMs,
      onItem: (write) => {
        write();
      },
      hold: (held) => (held ?? 0) + 1,
      onHeld: (lines) => {
        log.warn('log lines left out', { message, lines });
      },
      now,
      setTimer,
    });
  const all = limiter('all messages', maxOfAll);
  const limitersByMessage = () => {
    const limiters = new Map<string, BurstLimiter<() => void>>();
    return (message: string): BurstLimiter<() => void> => {
      const name = limiters.has(message) || limiters.size < maxMessages ? message : otherMessages;
      const found = limiters.get(name) ?? limiter(name, maxOfMessage);
      limiters.set(name, found);
      return found;
    };
  };
  const limiterOf = limitersByMessage();
  // Not limited together with the others, which could otherwise keep the cause of a crash out of the log.
  const unexpectedLimiterOf = limitersByMessage();
  const write = (kind: 'info' | 'warn') => (message: string, facts?: LogFacts) => {
    limiterOf(message).push(() => {
      all.push(() => {
        log[kind](message, facts);
      });
    });
  };
  return {
    info: write('info'),
    warn: write('warn'),
    unexpected: (message, thrown) => {
      let reference: string | null = null;
      unexpectedLimiterOf(message).push(() => {
        reference = log.unexpected(message, thrown);
        references.set(message, reference);
      });
      return reference ?? references.get(message) ?? 'NONE';
    },
  };
}
