import type { Origin } from './append-event.ts';
import type { RecordEvent, Store, Transaction } from './store.ts';

/** Thrown to roll back a change that recorded nothing. */
class NothingRecorded<T> extends Error {
  readonly answer: T;

  constructor(answer: T) {
    super();
    this.answer = answer;
  }
}

/** {@link Store.change} for work that may turn out to have nothing to do: if it records no event, everything it wrote is rolled back. */
export async function changeIfRecorded<T>(
  store: Pick<Store, 'change'>,
  origin: Origin,
  work: (tx: Transaction, record: RecordEvent) => Promise<T>,
): Promise<T> {
  try {
    return await store.change(origin, async (tx, record) => {
      let recorded = false;
      const answer = await work(tx, async (event) => {
        recorded = true;
        await record(event);
      });
      if (!recorded) throw new NothingRecorded(answer);
      return answer;
    });
  } catch (thrown) {
    if (thrown instanceof NothingRecorded) return thrown.answer as T;
    throw thrown;
  }
}
