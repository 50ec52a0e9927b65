import { expect, it } from 'vitest';
import type { LdapConnection, LdapSearch } from '../ldap/ldap-connection.ts';
import { ldapEntry } from '../ldap/ldap-entry.ts';
import { withAllValues } from './ranges.ts';

it('reads an attribute range by range, as a controller of Windows answers it', async () => {
  const asked: LdapSearch[] = [];
  const answers = [
    { dn: 'CN=A,DC=example', 'memberOf;range=1500-2999': ['CN=3', 'CN=4'] },
    { dn: 'CN=A,DC=example', 'memberOf;range=3000-*': 'CN=5' },
  ];
  const connection = {
    search: async (search: LdapSearch) => {
      asked.push(search);
      return [ldapEntry(answers[asked.length - 1] ?? { dn: '' })];
    },
  } as unknown as LdapConnection;
  const first = ldapEntry({
    dn: '<GUID=00112233-4455-6677-8899-aabbccddeeff>;CN=A,DC=example',
    'memberOf;range=0-1499': ['CN=1', 'CN=2'],
    mail: 'a@example.com',
  });
  const entry = await withAllValues(connection, first);
  expect(entry.texts('memberof')).toEqual(['CN=1', 'CN=2', 'CN=3', 'CN=4', 'CN=5']);
  expect(entry.text('mail')).toBe('a@example.com');
  expect(entry.incomplete).toEqual([]);
  expect(asked.map(({ base, attributes }) => [base, ...attributes])).toEqual([
    ['CN=A,DC=example', 'memberOf;range=1500-*'],
    ['CN=A,DC=example', 'memberOf;range=3000-*'],
  ]);
});
