import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchUser } from './patch.ts';
import { readUser } from './resource.ts';
import { ScimError } from './scim-error.ts';
import { enterpriseUrn, userUrn } from './user-schema.ts';

const frida = readUser({
  schemas: [userUrn],
  userName: 'frida',
  name: { givenName: 'Frida', familyName: 'Berg' },
  emails: [
    { type: 'work', value: 'frida@example.com', primary: true },
    { type: 'home', value: 'frida@home.example' },
  ],
  [enterpriseUrn]: { department: 'Ward 3', manager: { value: 'boss' } },
});
const otherUrn = 'urn:ietf:params:scim:schemas:extension:Badges:2.0:User';
/** The result of `work`, or the status of the error that it throws. */
const outcomeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (thrown) {
    return thrown instanceof ScimError ? thrown.status : thrown;
  }
};
const patch = (...Operations: readonly object[]) => patchUser(frida, { Operations });

describe('a change of a user', () => {
  it.each([
    [
      'sets an attribute',
      { op: 'replace', path: 'displayName', value: 'F. Berg' },
      { displayName: 'F. Berg' },
    ],
    [
      'sets a part of one',
      { op: 'add', path: 'name.givenName', value: 'Fri' },
      { name: { givenName: 'Fri', familyName: 'Berg' } },
    ],
    [
      'sets parts of one',
      { op: 'replace', path: 'name', value: { givenName: 'Fri' } },
      { name: { givenName: 'Fri', familyName: 'Berg' } },
    ],
    [
      'reads a truth value that is a text',
      { op: 'Replace', path: 'active', value: 'False' },
      { active: false },
    ],
    [
      'reads a list of one',
      { op: 'replace', path: 'displayName', value: ['F. Berg'] },
      { displayName: 'F. Berg' },
    ],
    [
      'sets a manager by the id alone',
      { op: 'add', path: `${enterpriseUrn}:manager`, value: 'chief' },
      { [enterpriseUrn]: { department: 'Ward 3', manager: { value: 'chief' } } },
    ],
    [
      'sets the extension',
      { op: 'replace', path: enterpriseUrn, value: { department: 'Ward 4' } },
      { [enterpriseUrn]: { department: 'Ward 4', manager: { value: 'boss' } } },
    ],
    [
      'sets the extension without a path',
      { op: 'add', value: { [enterpriseUrn]: { employeeNumber: 7 } } },
      { [enterpriseUrn]: { department: 'Ward 3', manager: { value: 'boss' }, employeeNumber: '7' } },
    ],
    [
      'reads paths as names',
      {
        op: 'replace',
        value: { 'name.familyName': 'Moe', 'emails[type eq "home"].value': 'f@home.example' },
      },
      { name: { givenName: 'Frida', familyName: 'Moe' } },
    ],
    ['removes an attribute', { op: 'remove', path: 'name' }, { name: undefined }],
    ['removes the extension', { op: 'remove', path: enterpriseUrn }, { [enterpriseUrn]: undefined }],
    ['ignores what the schema lacks', { op: 'add', path: 'title', value: 'Dr' }, { title: undefined }],
    [
      'ignores an attribute of another extension',
      { op: 'add', path: `${otherUrn}:tag`, value: 'x' },
      { displayName: undefined, name: frida['name'] },
    ],
    [
      'ignores another extension beside what it knows',
      { op: 'add', value: { [otherUrn]: { tag: 'x' }, [`${otherUrn}:tag`]: 'x', displayName: 'F. Berg' } },
      { displayName: 'F. Berg', [otherUrn]: undefined },
    ],
    [
      'ignores what a client repeats of the resource',
      { op: 'replace', value: { id: 'x', schemas: [], displayName: 'F' } },
      { displayName: 'F', id: undefined },
    ],
  ])('%s', (_what, operation, after) => {
    const patched: Readonly<Record<string, unknown>> = patch(operation);
    expect(Object.fromEntries(Object.keys(after).map((name) => [name, patched[name]]))).toEqual(after);
  });

  it.each([
    [
      'of a kind',
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' },
      ['new@example.com', 'frida@home.example'],
    ],
    [
      'that there was not',
      { op: 'add', path: 'emails[type eq "other"].value', value: 'o@example.com' },
      ['frida@example.com', 'frida@home.example', 'o@example.com'],
    ],
    [
      'once, though it is added twice',
      { op: 'add', path: 'emails', value: [{ type: 'home', value: 'frida@home.example' }] },
      ['frida@example.com', 'frida@home.example'],
    ],
    ['all', { op: 'replace', path: 'emails', value: [{ value: 'only@example.com' }] }, ['only@example.com']],
    ['away by a filter', { op: 'remove', path: 'emails[type eq "home"]' }, ['frida@example.com']],
    [
      'away by its value',
      { op: 'remove', path: 'emails', value: [{ value: 'frida@example.com' }] },
      ['frida@home.example'],
    ],
  ])('sets addresses: %s', (_what, operation, addresses) => {
    const { emails } = patch(operation) as unknown as { emails: { value: string }[] };
    expect(emails.map(({ value }) => value)).toEqual(addresses);
  });

  it('leaves one value primary', () => {
    const { emails } = patch({
      op: 'add',
      path: 'emails',
      value: [{ value: 'p@example.com', primary: true }],
    }) as unknown as { emails: { primary?: boolean }[] };
    expect(emails.map(({ primary }) => primary)).toEqual([false, undefined, true]);
  });

  it.each([
    ['noTarget', { op: 'remove' }],
    [
      'noTarget',
      {
        op: 'replace',
        path: 'emails[type ne "fax" and type ne "home" and type ne "work"]',
        value: { value: 'x' },
      },
    ],
    ['mutability', { op: 'replace', path: 'id', value: 'x' }],
    ['mutability', { op: 'remove', path: 'userName' }],
    ['invalidPath', { op: 'add', path: 'emails[', value: 'x' }],
    ['invalidPath', { op: 'add', path: 'displayName[value eq "x"]', value: 'x' }],
    ['invalidValue', { op: 'replace', path: 'active', value: 'perhaps' }],
    ['invalidValue', { op: 'replace', path: 'userName', value: '' }],
    ['invalidValue', { op: 'replace', path: 'displayName', value: { a: 1 } }],
    ['invalidSyntax', { op: 'move', path: 'displayName', value: 'x' }],
  ])('is refused as %s', (scimType, operation) => {
    expect(() => patch(operation)).toThrowError(expect.objectContaining({ status: 400, scimType }));
  });

  it('is applied or refused without touching other attributes, whatever it is', () => {
    const names = [
      'userName',
      'emails',
      'name',
      'active',
      'manager',
      '__proto__',
      'constructor',
      'id',
      userUrn,
      enterpriseUrn,
    ];
    const path = fc.oneof(
      fc.constantFrom(
        ...names,
        'emails[type eq "work"].value',
        'name.givenName',
        `${enterpriseUrn}:manager.value`,
      ),
      fc.string(),
    );
    const operation = fc.record(
      { op: fc.constantFrom('add', 'Replace', 'remove', 'x'), path, value: fc.anything() },
      { requiredKeys: ['op'] },
    );
    const known = new Set([...Object.keys(frida), 'externalId', 'displayName', 'active', 'phoneNumbers']);
    const namesAfter = (Operations: readonly object[]) =>
      outcomeOf(() => Object.keys(patchUser(frida, { Operations })).filter((name) => !known.has(name)));
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 5 }), (Operations) => {
        expect([[], 400]).toContainEqual(namesAfter(Operations));
      }),
      { numRuns: 2000 },
    );
    expect(({} as Record<string, unknown>)['value']).toBeUndefined();
  });
});

describe('a user', () => {
  it('is read or refused, whatever it is', () => {
    const body = fc.oneof(
      fc.anything(),
      fc.record({
        userName: fc.anything(),
        emails: fc.anything(),
        name: fc.anything(),
        [enterpriseUrn]: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(body, (given) => {
        expect(['string', 400]).toContain(outcomeOf(() => typeof readUser(given).userName));
      }),
      { numRuns: 2000 },
    );
  });
});
