import { describe, expect, it } from 'vitest';
import { sourceIdKey } from './source-id.ts';

const guid = 'guid 6f1d8a8a-2b8c-4e59-8a11-0000000000ff';
/** The same GUID in Active Directory's byte order. */
const bytes = '8a8a1d6f8c2b594e8a110000000000ff';

describe('the normal form of a source’s id', () => {
  it.each([
    '6f1d8a8a-2b8c-4e59-8a11-0000000000ff',
    '6F1D8A8A-2B8C-4E59-8A11-0000000000FF',
    '{6F1D8A8A-2B8C-4E59-8A11-0000000000FF}',
    '(6f1d8a8a-2b8c-4e59-8a11-0000000000ff)',
    ' 6f1d8a8a-2b8c-4e59-8a11-0000000000ff ',
    '6f1d8a8a2b8c4e598a110000000000ff',
    'urn:uuid:6f1d8a8a-2b8c-4e59-8a11-0000000000ff',
    `X'${bytes}'`,
    `x'${bytes.toUpperCase()}'`,
    `0x${bytes}`,
    bytes.replaceAll(/../gu, (byte) => `\\${byte}`),
    bytes.replaceAll(/../gu, (byte) => `${byte}-`).slice(0, -1),
    bytes
      .toUpperCase()
      .replaceAll(/../gu, (byte) => `${byte} `)
      .trim(),
    '<GUID=6f1d8a8a-2b8c-4e59-8a11-0000000000ff>',
    Buffer.from(bytes, 'hex').toString('base64'),
  ])('of the GUID %s is one, whatever its notation and source', (id) => {
    expect(sourceIdKey('file', id)).toBe(guid);
    expect(sourceIdKey('Entra', id)).toBe(guid);
  });

  it.each([
    ['guid-rita-1', 'hr guid-rita-1'],
    ['00u1a2B3', 'hr 00u1a2B3'],
    ["X'0102FF'", "hr x'0102ff'"],
    ['0x0102ff', "hr x'0102ff'"],
    ['3q2+7w/AbCd==', 'hr 3q2+7w/AbCd=='],
    ['..', 'hr ..'],
  ])('of %s is %s', (id, key) => {
    expect(sourceIdKey('HR ', id)).toBe(key);
  });

  it('of other ids is another for each source', () => {
    expect(sourceIdKey('hr', '1001')).not.toBe(sourceIdKey('payroll', '1001'));
  });

  it('of a long id is short but still distinct', () => {
    const long = 'CN=A very long distinguished name,'.repeat(20);
    expect(sourceIdKey('hr', `${long}1`)?.length).toBeLessThan(100);
    expect(sourceIdKey('hr', `${long}1`)).not.toBe(sourceIdKey('hr', `${long}2`));
  });

  it.each([null, '', '  ', '00000000-0000-0000-0000-000000000000'])('of %j is none', (id) => {
    expect(sourceIdKey('hr', id)).toBeNull();
  });
});
