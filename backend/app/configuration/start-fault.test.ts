import { expect, it } from 'vitest';
import { DatabaseFault } from '../../store/database-fault.ts';
import { startFaultOf } from './start-fault.ts';

it('gives the message of a fault once, with the driver’s message', () => {
  const cause = new DatabaseFault('storage.unavailable', 'it is starting up');
  const thrown = new Error('PostgreSQL at db:5432/desk cannot be used: it is starting up', { cause });
  expect(startFaultOf(thrown)?.message).toBe(thrown.message);
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(startFaultOf(full)?.message).toMatch(/^The disk is full\..*\(database or disk is full\)$/);
  expect(startFaultOf(new Error('another kind'))).toBeNull();
});
