import { every } from '../../scheduling/every.ts';
import type { PollIntervals } from './configuration.ts';

/** Work that the backend polls for. Each function does what is due and returns. */
interface Polled {
  readonly mailQueue: () => Promise<void>;
  readonly linkRequests: () => Promise<void>;
  readonly requiredResets: () => Promise<void>;
  readonly directoryFeeds: () => Promise<void>;
  readonly directoryTasks: () => Promise<void>;
  readonly directoryOperators: () => Promise<void>;
  readonly fileFeeds: () => Promise<void>;
  readonly searchWarmUp: () => Promise<void>;
  readonly sweep: () => Promise<void>;
}

/** Milliseconds. Answers to link requests are jittered, so that each waits 500 to 1000 ms. */
const productIntervals: Required<Omit<PollIntervals, 'directoryChanges'>> = {
  mailQueue: 1000,
  linkRequests: 500,
  requiredResets: 1000,
  directoryFeeds: 1000,
  directoryTasks: 1000,
  directoryOperators: 10_000,
  // A file is read once two polls find it unchanged.
  fileFeeds: 10_000,
  // Before the first operator has signed in.
  searchWarmUp: 2000,
  sweep: 5000,
};

/** Polls for due work until the returned function is called, which waits for running work. */
export function startPolling(
  work: Polled,
  onUnexpected: (reference: string, thrown: unknown) => void,
  pollIntervals: PollIntervals = {},
): () => Promise<void> {
  const intervals = { ...productIntervals, ...pollIntervals };
  const { mailQueue, linkRequests, requiredResets, fileFeeds, sweep } = intervals;
  const { directoryFeeds, directoryTasks, directoryOperators, searchWarmUp } = intervals;
  const stops = [
    every(sweep, work.sweep, { name: 'sweep', onUnexpected }),
    every(linkRequests, work.linkRequests, { name: 'password requests', onUnexpected, jitter: true }),
    every(requiredResets, work.requiredResets, { name: 'required resets', onUnexpected }),
    every(directoryFeeds, work.directoryFeeds, { name: 'directory feeds', onUnexpected }),
    every(directoryTasks, work.directoryTasks, { name: 'directory tasks', onUnexpected }),
    every(directoryOperators, work.directoryOperators, { name: 'directory operators', onUnexpected }),
    every(fileFeeds, work.fileFeeds, { name: 'file feeds', onUnexpected }),
    every(searchWarmUp, work.searchWarmUp, { name: 'search warm-up', onUnexpected }),
    every(mailQueue, work.mailQueue, { name: 'mail queue', onUnexpected }),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
