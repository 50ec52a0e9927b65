import { describe, expect, it } from 'vitest';
import { DatabaseFault, thenForget } from './database-fault.ts';
import { explainFailure, isPassing } from './postgresql-fault.ts';

const failed = (properties: object, message = 'failed') => Object.assign(new Error(message), properties);

describe('what memory holds about the state before a change', () => {
  it.each([
    ['saved', null, true],
    ['of unknown outcome', new DatabaseFault('storage.outcome-unknown', 'lost'), true],
    ['rolled back', new DatabaseFault('storage.unavailable', 'away'), false],
    ['refused', new Error('no'), false],
  ])('is forgotten only when the change may have been saved: %s', async (_how, failure, expected) => {
    const change = failure === null ? Promise.resolve() : Promise.reject(failure);
    let isForgotten = false;
    const work = thenForget(change, () => {
      isForgotten = true;
    });
    await work.catch(() => undefined);
    expect(isForgotten).toBe(expected);
  });
});

describe('an error of PostgreSQL', () => {
  it.each([
    [failed({ code: 'ECONNRESET' }), 'select 1', 'storage.unavailable', true],
    [failed({ code: 'ECONNRESET' }), 'commit', 'storage.outcome-unknown', true],
    [failed({ code: '57P01' }), 'commit', 'storage.outcome-unknown', true],
    [failed({}, 'Query read timeout'), 'commit', 'storage.outcome-unknown', true],
    [failed({}, 'Query read timeout'), 'select 1', 'storage.unavailable', true],
    [failed({}, 'Connection terminated unexpectedly'), 'select 1', 'storage.unavailable', true],
    [failed({ code: '08006' }), 'select 1', 'storage.unavailable', true],
    [failed({ code: '53300' }), 'select 1', 'storage.unavailable', false],
    [failed({ code: '53100' }), 'commit', 'storage.full', false],
    [failed({ code: '25006' }), 'insert', 'storage.read-only', false],
    [failed({ code: '57014' }), 'select 1', 'storage.locked', false],
    [failed({ code: '55P03' }), 'select 1', 'storage.locked', false],
    [failed({ code: '23505' }), 'insert', '23505', false],
  ])('says by its code whether the connection is lost: %o at %s', (thrown, statement, code, isLost) => {
    expect(explainFailure(thrown, statement)).toMatchObject({ error: { code }, isLost });
  });

  it.each([
    ['ECONNREFUSED', true],
    ['57P03', true],
    ['53300', true],
    ['EAI_AGAIN', true],
    ['28P01', false],
    ['3D000', false],
    ['ENOTFOUND', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', false],
  ])('is waited for at a start only if it passes: %s', (code, expected) => {
    const cause = failed({ code });
    expect(isPassing(new DatabaseFault('storage.unavailable', 'away', { cause }))).toBe(expected);
  });
});
