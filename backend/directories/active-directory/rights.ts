import type { DirectoryRight } from '../external/directory-fault.ts';
import type { LdapConnection } from '../ldap/ldap-connection.ts';
import { grantsExtendedRight, resetPasswordRight, sidKey } from './access-rights.ts';
import { accessRightsOnly } from './controls.ts';

/** The rights that an administrator delegates to the service account. */
export const delegatedRights = ({
  canEnable,
}: {
  readonly canEnable: boolean;
}): readonly DirectoryRight[] => [
  'reset-password',
  'write-must-change',
  'unlock',
  ...(canEnable ? (['enable'] as const) : []),
];

/**
 * Finds the rights that the service account lacks on an account, without a write: from the attributes that the directory reports as writable, and
 * from the access list.
 */
export async function readRights(
  connection: LdapConnection,
  accountDn: string,
  { canEnable }: { readonly canEnable: boolean },
): Promise<{ readonly missing: readonly DirectoryRight[]; readonly unknown: readonly DirectoryRight[] }> {
  const [[root], [account]] = await Promise.all([
    connection.search({
      base: '',
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: ['tokenGroups'],
      binary: ['tokenGroups'],
    }),
    connection.search({
      base: accountDn,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: ['allowedAttributesEffective', 'nTSecurityDescriptor'],
      binary: ['nTSecurityDescriptor'],
      controls: [await accessRightsOnly()],
    }),
  ]);
  if (account === undefined) return { missing: ['read-accounts'], unknown: [] };
  const canWrite = (attribute: string) => account.has('allowedAttributesEffective', attribute);
  const identities = new Set((root?.allBytes('tokenGroups') ?? []).map(sidKey));
  const descriptor = account.bytes('nTSecurityDescriptor');
  const canReset =
    descriptor === null || identities.size === 0
      ? null
      : grantsExtendedRight(descriptor, resetPasswordRight, identities);
  const missing: DirectoryRight[] = [];
  if (canReset === false) missing.push('reset-password');
  if (!canWrite('pwdLastSet')) missing.push('write-must-change');
  if (!canWrite('lockoutTime')) missing.push('unlock');
  if (canEnable && !canWrite('userAccountControl')) missing.push('enable');
  return { missing, unknown: canReset === null ? ['reset-password'] : [] };
}
