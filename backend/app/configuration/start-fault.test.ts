import { expect, it } from 'vitest';
import { DatabaseFault, NewerDatabase } from '../../store/database-fault.ts';
import { readEnvironment } from './environment.ts';
import { makeFolder } from './make-folder.ts';
import { StartFault, startExitCodeOf, startFaultOf } from './start-fault.ts';

it('gives the message of a fault once, with the driver’s message', () => {
  const cause = new DatabaseFault('storage.unavailable', 'it is starting up');
  const thrown = new Error('PostgreSQL at db:5432/desk cannot be used: it is starting up', { cause });
  expect(startFaultOf(thrown)?.message).toBe(thrown.message);
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(startFaultOf(full)?.message).toMatch(/^The disk is full\..*\(database or disk is full\)$/);
  expect(startFaultOf(new Error('another kind'))).toBeNull();
});

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
};

it.each<[string, unknown, number]>([
  ['a wrong variable', thrownBy(() => readEnvironment({})), 78],
  ['a folder that is a file', thrownBy(() => makeFolder(import.meta.filename)), 78],
  ['a missing key', new StartFault('folder.key-missing', 'no key', ''), 78],
  ['another backend in the folder', new StartFault('folder.in-use', 'used', ''), 1],
  ['a damaged database', Object.assign(new Error('x'), { code: 'SQLITE_CORRUPT' }), 78],
  ['a newer database', new NewerDatabase('newer'), 78],
  ['a full disk', Object.assign(new Error('x'), { code: 'ENOSPC' }), 1],
  ['an unreachable database', new DatabaseFault('storage.unavailable', 'no answer'), 1],
  ['an unknown fault', new Error('x'), 1],
])('exits with a code that tells a supervisor whether to try again: %s', (_what, thrown, code) => {
  expect(startExitCodeOf(thrown)).toBe(code);
});

it.runIf(process.platform === 'linux')('gives up on a folder that the system does not let exist', () => {
  expect(() => makeFolder('/proc/reset-desk/data')).toThrow(
    'The folder /proc/reset-desk cannot be created (ENOENT)',
  );
});
