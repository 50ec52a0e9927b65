import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import type { DirectoryRight } from '../external/directory-fault.ts';

/** For each right, the application permissions of Microsoft Graph that grant it, the least privileged first. */
const permissions: Partial<Readonly<Record<DirectoryRight, readonly string[]>>> = {
  'read-accounts': ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'read-domains': [
    'Domain.Read.All',
    'Domain.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'read-roles': ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', 'Directory.Read.All'],
  'reset-password': ['User-PasswordProfile.ReadWrite.All'],
  'end-sessions': ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
  'access-pass': ['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'],
  'sign-in-methods': ['UserAuthenticationMethod.ReadWrite.All'],
  enable: ['User.EnableDisableAccount.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
};
/** Permissions to read the privileged groups in the settings. */
const groupPermissions = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'];

/** Template IDs of the roles with which an application may reset passwords of users who are not administrators. */
const passwordRoles = new Set([
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13', // Privileged Authentication Administrator
  'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
  'c4e39bd9-1100-46d3-8c65-fb160da0071f', // Authentication Administrator
  '729827e3-9c14-49f7-bb1b-9608f156bbb8', // Helpdesk Administrator
  '966707d0-3269-4727-9be2-8c3a10f19b9d', // Password Administrator
]);

/** The permissions in an application's token. */
export interface Granted {
  /** Application permissions. */
  readonly permissions: readonly string[];
  /** Template IDs of its roles in the directory. */
  readonly roles: readonly string[];
}

/** Whether a permission that grants the right is present. True for rights without a permission. */
export const isGranted = ({ permissions: granted }: Granted, right: DirectoryRight): boolean =>
  permissions[right]?.some((permission) => granted.includes(permission)) ?? true;

/** The rights that the settings need and the token lacks. */
export function missingRights(
  granted: Granted,
  {
    canEnable,
    givesPasses,
    removesMethods,
    privilegedGroups,
  }: Pick<EntraSettings, 'canEnable' | 'givesPasses' | 'removesMethods' | 'privilegedGroups'>,
): readonly DirectoryRight[] {
  const needed: readonly DirectoryRight[] = [
    'read-accounts',
    'read-domains',
    'read-roles',
    'reset-password',
    'end-sessions',
    ...(canEnable ? (['enable'] as const) : []),
    ...(givesPasses ? (['access-pass'] as const) : []),
    ...(removesMethods ? (['sign-in-methods'] as const) : []),
  ];
  const missing = needed.filter((right) => !isGranted(granted, right));
  const readsGroups =
    privilegedGroups.length === 0 || groupPermissions.some((one) => granted.permissions.includes(one));
  return readsGroups ? missing : [...missing, 'read-groups'];
}

/** Whether the application has a role that allows password resets. */
export const hasPasswordRole = ({ roles }: Granted): boolean => roles.some((role) => passwordRoles.has(role));
