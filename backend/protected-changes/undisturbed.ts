import { Refusal } from '../refusal.ts';
import { readHead } from '../store/append-event.ts';
import type { Store, Transaction } from '../store/store.ts';

/** Thrown if another change was committed between the read and the change that depends on it. */
class Disturbed extends Error {}

/** More than a busy desk needs: another change would have to be committed within the same few milliseconds each time. */
const maxAttempts = 20;

/**
 * Runs `work`, which reads, and then makes a change that depends on what it has read. `assertUndisturbed`, called at the beginning of that change,
 * throws if another change has been committed since `work` began; then all of `work` runs again. Throws `request.conflict` if that happens each time.
 */
export async function undisturbed<T>(
  store: Store,
  work: (assertUndisturbed: (tx: Transaction) => Promise<void>) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { seq } = await readHead(store.db);
    try {
      return await work(async (tx) => {
        // Every change records an event, so the end of the log shows whether there was one.
        if ((await readHead(tx)).seq !== seq) throw new Disturbed();
      });
    } catch (thrown) {
      if (!(thrown instanceof Disturbed)) throw thrown;
    }
  }
  throw new Refusal('request.conflict', { detail: 'Other changes came first. Try again.' });
}
