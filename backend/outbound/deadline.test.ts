import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withDeadline } from './deadline.ts';

/** Waits until its signal aborts it. */
const work = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });

describe('work with a deadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is aborted when its time is over, not earlier', async () => {
    let ended = '';
    const running = withDeadline(2000, undefined, work).catch((thrown: unknown) => {
      ended = String(thrown);
    });
    await vi.advanceTimersByTimeAsync(1999);
    expect(ended).toBe('');
    await vi.advanceTimersByTimeAsync(1);
    await running;
    expect(ended).toBe('DeadlineError: The server did not answer within 2 seconds.');
  });
  it.each(['before', 'while'])(
    'is aborted with the reason of its caller, who ends it %s it runs',
    async (when) => {
      const caller = new AbortController();
      if (when === 'before') caller.abort(new Error('The backend is stopping.'));
      const running = withDeadline(2000, caller.signal, work);
      if (when === 'while') caller.abort(new Error('The backend is stopping.'));
      await expect(running).rejects.toThrow('The backend is stopping.');
    },
  );
  it('leaves neither a timer nor a listener', async () => {
    const caller = new AbortController();
    const removed = vi.spyOn(caller.signal, 'removeEventListener');
    expect(await withDeadline(2000, caller.signal, async () => 'done')).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledOnce();
  });
  it('passes on how the work fails', async () => {
    await expect(withDeadline(2000, undefined, () => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
  });
});
