import { DirectoryFault, orOnFault } from './directory-fault.ts';

/**
 * Makes a write that changes nothing if it is repeated. If its answer is lost, `isDone` asks the directory; unless it says that the write was made, the
 * fault is thrown again.
 */
export async function confirmedWrite(write: Promise<void>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await write;
  } catch (thrown) {
    if (!(thrown instanceof DirectoryFault) || thrown.code !== 'outcome-unknown') throw thrown;
    if (!(await orOnFault(isDone(), false))) throw thrown;
  }
}
