import {
  anything,
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  oneof,
  property,
  uint8Array,
} from 'fast-check';
import { expect, it } from 'vitest';
import { accountOfEntry } from '../../backend/directories/active-directory/account-of-entry.ts';
import { DirectoryFault } from '../../backend/directories/external/directory-fault.ts';
import type { ExternalAccount } from '../../backend/directories/external/external-directory.ts';
import { createTenantUsers } from '../../backend/directories/entra/entra-accounts.ts';
import type { GraphClient } from '../../backend/directories/entra/graph-client.ts';
import { createRealmUsers } from '../../backend/directories/keycloak/keycloak-accounts.ts';
import type { KeycloakClient } from '../../backend/directories/keycloak/keycloak-client.ts';
import { dnParts, ldapEntry } from '../../backend/directories/ldap/ldap-entry.ts';

const now = Date.parse('2026-12-01T09:00:00Z');
const guid = '6f1d8a8a-2b8c-4e59-8a11-0000000000ff';
const value = oneof(
  constantFrom<unknown>(
    null,
    '',
    'x',
    0,
    -1,
    1e300,
    true,
    [],
    [null],
    {},
    '2026-13-45',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ),
  anything({ maxDepth: 2 }),
);

async function keysOf(pages: AsyncIterable<{ readonly accounts: readonly ExternalAccount[] }>) {
  const keys: string[] = [];
  for await (const { accounts } of pages) keys.push(...accounts.map(({ key }) => key));
  return keys;
}

it('an Active Directory entry of any shape is an account or none', () => {
  const texts = oneof(
    constantFrom(
      '',
      '0',
      '-1',
      'x',
      '9223372036854775807',
      '9223372036854775806',
      '99999999999999999999',
      '1',
      '20261201090000.0Z',
      '99999999999999.0Z',
      '\\2c\\zz,=',
      '<GUID=zz>;CN=x',
    ),
    constantFrom(Buffer.alloc(0), Buffer.from([0xff, 0xfe]), Buffer.alloc(16, 7), Buffer.alloc(17)),
    uint8Array({ maxLength: 70 }).map((bytes) => Buffer.from(bytes)),
  );
  const names =
    'objectGUID userAccountControl msDS-User-Account-Control-Computed accountExpires lockoutTime pwdLastSet adminCount memberOf primaryGroupID whenCreated whenChanged replPropertyMetaData msDS-ReplAttributeMetaData sAMAccountName displayName mail mobile manager'.split(
      ' ',
    );
  const attributes = {
    userName: 'sAMAccountName',
    displayName: 'displayName',
    email: 'mail',
    phones: ['mobile'],
    employeeNumber: '',
    department: 'department',
    manager: 'manager',
  };
  assert(
    property(
      dictionary(constantFrom(...names), oneof(texts, array(texts, { maxLength: 3 })) as never),
      (entry) => {
        const read = ldapEntry({ dn: 'CN=x', ...(entry as object) });
        const account = accountOfEntry(read, {
          attributes,
          lockoutMs: 60_000,
          isInPrivilegedGroup: () => false,
          now,
        });
        expect(account === null || account.key.length === 36).toBe(true);
        expect(dnParts(read.text('manager') ?? '').length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});

it('a Keycloak user of any shape stops no other', async () => {
  const settings = {
    attributes: { phones: ['phone'], employeeNumber: 'number', department: 'unit', manager: 'boss' },
    privilegedGroups: [],
    privilegedRoles: [],
  };
  const names = [
    'id',
    'username',
    'firstName',
    'lastName',
    'email',
    'attributes',
    'enabled',
    'createdTimestamp',
    'requiredActions',
    'federationLink',
  ] as const;
  await assert(
    asyncProperty(dictionary(constantFrom(...names), value), async (user) => {
      const list = [user, null, { id: guid, username: 'sound', enabled: true, attributes: null }];
      const client = {
        get: (path: string) => Promise.resolve({ status: 200, json: path.startsWith('/users?') ? list : [] }),
      } as unknown as KeycloakClient;
      const users = createRealmUsers(client, settings as never, () => now);
      expect(await keysOf(users.readAll(new AbortController().signal))).toContain(guid);
    }),
    { numRuns: 200 },
  );
});

it('a user of Microsoft Graph of any shape stops no other', async () => {
  const names = [
    'id',
    'userPrincipalName',
    'displayName',
    'mail',
    'mobilePhone',
    'businessPhones',
    'employeeId',
    'department',
    'accountEnabled',
    'externalUserState',
    'lastPasswordChangeDateTime',
    'createdDateTime',
    'manager',
    'passwordProfile',
  ] as const;
  await assert(
    asyncProperty(dictionary(constantFrom(...names), value), async (user) => {
      const items = [
        user,
        {},
        { id: guid, userPrincipalName: 'sound@example.com', businessPhones: null, manager: null },
      ];
      const client = {
        granted: () => Promise.resolve({ permissions: [], roles: [] }),
        page: (path: string) =>
          Promise.resolve({ items: path.startsWith('/users?') ? items : [], next: null, delta: null }),
        async *pages(path: string) {
          // As Graph answers about a user that it does not have.
          if (path.startsWith('/users/') && !path.startsWith(`/users/${guid}/`))
            throw new DirectoryFault('answer-invalid');
          yield path.startsWith('/users?') ? items : [];
        },
      } as unknown as GraphClient;
      const users = createTenantUsers(
        client,
        { federated: () => Promise.resolve(new Set()) } as never,
        { phones: ['mobilePhone', 'businessPhones'], privilegedGroups: [], writesBack: false } as never,
      );
      expect(await keysOf(users.readAll(new AbortController().signal))).toContain(guid);
      expect((await users.readMany([guid], new AbortController().signal)).map(({ key }) => key)).toContain(
        guid,
      );
    }),
    { numRuns: 200 },
  );
});
