import { describe, expect, it } from 'vitest';
import { storageFaultOf } from './storage-fault.ts';

const failed = (properties: object, message = 'failed') => Object.assign(new Error(message), properties);

describe('a fault of the storage', () => {
  it.each([
    [failed({ code: 'SQLITE_FULL', rawCode: 13 }), 'storage.full'],
    [failed({ code: 'SQLITE_BUSY', rawCode: 5 }), 'storage.locked'],
    [failed({ code: 'SQLITE_BUSY_SNAPSHOT', rawCode: 517 }), 'storage.locked'],
    [failed({ code: 'SQLITE_READONLY', rawCode: 8 }), 'storage.read-only'],
    [failed({ code: 'SQLITE_IOERR_WRITE', rawCode: 778 }), 'storage.failed'],
    [failed({ code: '', rawCode: 778 }), 'storage.failed'],
    [failed({ code: 'SQLITE_CORRUPT', rawCode: 11 }), 'storage.damaged'],
    [failed({ code: 'SQLITE_NOTADB', rawCode: 26 }), 'storage.damaged'],
    [failed({}, 'ConnectionFailed("Unable to open connection to local database /x: 14")'), 'storage.denied'],
    [failed({ code: 'ENOSPC', syscall: 'write' }), 'storage.full'],
    [failed({ code: 'EDQUOT', syscall: 'write' }), 'storage.full'],
    [failed({ code: 'EROFS', syscall: 'open' }), 'storage.read-only'],
    [failed({ code: 'EACCES', syscall: 'open' }), 'storage.denied'],
    [failed({ code: '53100' }), 'storage.full'],
    [failed({ code: 'XX001' }), 'storage.damaged'],
    [failed({ cause: failed({ code: 'SQLITE_FULL' }) }), 'storage.full'],
  ])('is recognised: %o', (thrown, code) => {
    expect(storageFaultOf(thrown)?.code).toBe(code);
  });

  it.each([
    [failed({ code: 'SQLITE_CONSTRAINT_UNIQUE', rawCode: 2067 })],
    [failed({ code: 'SQLITE_ERROR', rawCode: 1 })],
    [failed({ code: 'EACCES', syscall: 'listen' })],
    [failed({ code: 'ECONNREFUSED', syscall: 'connect' })],
    [failed({ code: '23505' })],
    ['not an error'],
    [null],
  ])('is nothing else: %o', (thrown) => {
    expect(storageFaultOf(thrown)).toBeNull();
  });
});
