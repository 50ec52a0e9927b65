import { Attribute } from 'ldapts';
import { activeDirectorySettings } from '../../shared/api/directory-settings.ts';
import { createActiveDirectory } from '../../backend/directories/active-directory/active-directory.ts';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { guidText } from '../../backend/directories/ldap/ldap-entry.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { makeCertificateAuthority } from '../fixtures/certificate-authority.ts';
import { loopbackAddress, startSamba, type Samba } from '../fixtures/samba.ts';
import {
  adapterCollaborators,
  bridgeTo,
  describedBy,
  lockByWrongPasswords,
  memberAdded,
  memberRemoved,
  replaced,
} from './lab-parts.ts';
import { servicePassword, startPassword, type DirectoryLab } from './lab.ts';
import type { OddLab } from './odd-names.ts';

const quoted = (password: string) => Buffer.from(`"${password}"`, 'utf16le');
/** The text of a SID in its bytes. */
function sidText(sid: Buffer): string {
  const parts = Array.from({ length: sid.readUInt8(1) }, (_none, at) => sid.readUInt32LE(8 + at * 4));
  return ['S-1', sid.readUIntBE(2, 6), ...parts].join('-');
}

interface ActiveDirectoryLab extends DirectoryLab {
  readonly samba: Samba;
  readonly odd: Omit<OddLab, 'lab'>;
  /** The unit that is the scope. */
  readonly staff: string;
  /** Adds a service account that lacks one of the delegated rights. Returns its name for the sign-in. */
  addServiceWithout(right: DelegatedRight): Promise<string>;
  addUser(dn: string, userName: string, password: string, more?: Record<string, string>): Promise<void>;
  connectWith(
    settings: object,
    collaborators?: Partial<Parameters<typeof createActiveDirectory>[2]>,
  ): ExternalDirectory;
}

/** The administrator's queries and changes in the domain. */
function createDomainAdministrator({ administrator, baseDn }: Pick<Samba, 'administrator' | 'baseDn'>) {
  const bytesOf = async (dn: string, attribute: string): Promise<Buffer> => {
    const { searchEntries } = await administrator.search(dn, {
      scope: 'base',
      attributes: [attribute],
      explicitBufferAttributes: [attribute],
    });
    return searchEntries[0]?.[attribute] as Buffer;
  };
  return {
    sidOf: async (dn: string) => sidText(await bytesOf(dn, 'objectSid')),
    keyOf: async (dn: string) => guidText(await bytesOf(dn, 'objectGUID')),
    dnOf: async (userName: string) => {
      const { searchEntries } = await administrator.search(baseDn, {
        filter: `(sAMAccountName=${userName})`,
      });
      const dn = searchEntries[0]?.dn;
      if (dn === undefined) throw new Error(`${userName} was not found`);
      return dn;
    },
    addUser: (dn: string, userName: string, password: string, more: Readonly<Record<string, string>> = {}) =>
      administrator.add(dn, [
        new Attribute({ type: 'objectClass', values: ['user'] }),
        new Attribute({ type: 'sAMAccountName', values: [userName] }),
        new Attribute({ type: 'userPrincipalName', values: [`${userName}@corp.test`] }),
        new Attribute({ type: 'userAccountControl', values: ['512'] }),
        new Attribute({ type: 'unicodePwd', values: [quoted(password)] }),
        ...Object.entries(more).map(([type, value]) => new Attribute({ type, values: [value] })),
      ]),
  };
}

/** The delegated rights: Reset Password; write pwdLastSet, lockoutTime and userAccountControl. */
const delegated = {
  'reset-password': ['CR', '00299570-246d-11d0-a768-00aa006e0529'],
  'write-must-change': ['RPWP', 'bf967a0a-0de6-11d0-a285-00aa003049e2'],
  unlock: ['RPWP', '28630ebf-41d5-11d1-a9c1-0000f80367c1'],
  enable: ['RPWP', 'bf967a68-0de6-11d0-a285-00aa003049e2'],
} as const;
type DelegatedRight = keyof typeof delegated;
const users = 'bf967aba-0de6-11d0-a285-00aa003049e2';

/** Access rules that delegate the rights on users to an account, all but one. */
const delegation = (sid: string, without: DelegatedRight | null = null): string =>
  Object.entries(delegated)
    .filter(([right]) => right !== without)
    .map(([, [rights, object]]) => `(OA;CIIO;${rights};${object};${users};${sid})`)
    .join('');

/** Units within and outside the scope, nested groups, a lockout after three tries, and a service account with the delegated rights beside one that may only read. */
async function prepareDomain(
  samba: Samba,
  { sidOf, addUser }: Pick<ReturnType<typeof createDomainAdministrator>, 'sidOf' | 'addUser'>,
  units: readonly [staff: string, outside: string],
): Promise<void> {
  const { administrator, baseDn } = samba;
  await administrator.modify(baseDn, [
    replaced('lockoutThreshold', ['3']),
    replaced('minPwdAge', ['0']),
    replaced('minPwdLength', ['10']),
  ]);
  for (const unit of units) await administrator.add(unit, { objectClass: 'organizationalUnit' });
  for (const name of ['inner', 'outer'])
    await administrator.add(`CN=${name},${baseDn}`, { objectClass: 'group', sAMAccountName: name });
  await administrator.modify(`CN=outer,${baseDn}`, memberAdded(`CN=inner,${baseDn}`));
  for (const name of ['helpdesk', 'reader'])
    await addUser(`CN=${name},CN=Users,${baseDn}`, name, servicePassword);
  const sid = await sidOf(`CN=helpdesk,CN=Users,${baseDn}`);
  await samba.grant(units[0], delegation(sid));
  // Lists deleted objects, which the delegation alone does not allow, for a feed that names them.
  await samba.grant(`CN=Deleted Objects,${baseDn}`, `(A;;LCRP;;;${sid})`);
}

const says: DirectoryLab['says'] = {
  used: 'used-before',
  short: 'too-short',
  locked: 'locked',
  disabled: 'disabled',
  missingRights: ['reset-password', 'write-must-change', 'unlock', 'enable'],
  policy: {
    from: 'domain',
    minLength: 10,
    complexity: true,
    history: 24,
    minAge: 0,
    lockoutThreshold: 3,
    unreadable: [],
  },
  hasLockEnd: true,
  lockedAt: 'DC1',
  resetUnlocks: false,
  isOneWrite: true,
  hasUnits: true,
  changeTimes: 'attribute',
};

/** A Samba with a domain that is prepared for the contract. */
export async function startActiveDirectoryLab(): Promise<ActiveDirectoryLab> {
  const host = loopbackAddress();
  const certificates = await makeCertificateAuthority({ addresses: [host] });
  const samba = await startSamba(host, certificates.authority, certificates.server);
  const { administrator, baseDn } = samba;
  const staff = `OU=Staff,${baseDn}`;
  const outside = `OU=Outside,${baseDn}`;
  const domain = createDomainAdministrator(samba);
  await prepareDomain(samba, domain, [staff, outside]);
  const settings = {
    kind: 'active-directory',
    servers: [{ host, port: 636 }],
    authorities: certificates.authority,
    baseDn,
    serviceAccount: 'helpdesk@corp.test',
    scope: { include: [staff] },
    privilegedGroups: [`CN=outer,${baseDn}`],
    canEnable: true,
  };
  const create = (
    changes: object,
    password = servicePassword,
    more: Partial<Parameters<typeof createActiveDirectory>[2]> = {},
  ) =>
    createActiveDirectory(activeDirectorySettings.parse({ ...settings, ...changes }), new Secret(password), {
      ...adapterCollaborators,
      ...more,
    });
  const { addUser, dnOf, keyOf } = domain;
  const helpdesk = `CN=helpdesk,CN=Users,${baseDn}`;
  /** Applies a password settings object to one account. Answers what removes it. */
  const applySettings = async (of: string, accountDn: string, rules: Readonly<Record<string, string>>) => {
    const name = `CN=${of},CN=Password Settings Container,CN=System,${baseDn}`;
    await administrator.add(name, {
      objectClass: 'msDS-PasswordSettings',
      'msDS-PasswordSettingsPrecedence': '1',
      'msDS-PasswordReversibleEncryptionEnabled': 'FALSE',
      'msDS-PasswordHistoryLength': '0',
      'msDS-PasswordComplexityEnabled': 'FALSE',
      'msDS-MinimumPasswordLength': '10',
      'msDS-MinimumPasswordAge': '0',
      'msDS-MaximumPasswordAge': '-9223372036854775808',
      'msDS-LockoutThreshold': '0',
      'msDS-LockoutObservationWindow': '-18000000000',
      'msDS-LockoutDuration': '-18000000000',
      'msDS-PSOAppliesTo': accountDn,
      ...rules,
    });
    return () => administrator.del(name);
  };
  return {
    samba,
    staff,
    addUser,
    addServiceWithout: async (right) => {
      const name = `no-${right}`;
      await addUser(`CN=${name},CN=Users,${baseDn}`, name, servicePassword);
      await samba.grant(staff, delegation(await domain.sidOf(`CN=${name},CN=Users,${baseDn}`), right));
      return `${name}@corp.test`;
    },
    settings,
    settingsAt: (server) => ({ ...settings, servers: [server] }),
    says,
    certificates,
    kind: 'active-directory',
    capabilities: {
      temporaryPassword: true,
      forceChange: true,
      unlock: true,
      lockState: true,
      endSessions: 'not-in-this-kind',
      enable: true,
      historyOnResets: 'resets-skip-history',
      temporaryExpires: 'not-in-this-kind',
    },
    server: { host, port: 636 },
    authority: certificates.authority,
    connectWith: (changes, more = {}) => create(changes, servicePassword, more),
    odd: {
      administrator,
      people: staff,
      privileged: `CN=inner,${baseDn}`,
      connectWith: (changes) => create(changes),
      addAt: async (dn, userName) => {
        await addUser(dn, userName, startPassword);
        return keyOf(dn);
      },
    },
    connect: ({
      servers,
      servicePassword: password,
      withoutRights,
      authority,
      timeoutMs,
      clockAheadMs = 0,
    } = {}) =>
      create(
        {
          ...(servers && { servers }),
          ...(authority !== undefined && { authorities: authority }),
          ...(withoutRights === true && { serviceAccount: 'reader@corp.test' }),
        },
        password,
        {
          now: () => Date.now() + clockAheadMs,
          ...(timeoutMs !== undefined && { timeouts: { connectMs: timeoutMs, requestMs: timeoutMs } }),
        },
      ),
    add: async (account) => {
      const { userName, displayName, isPrivileged, isOutside } = account;
      const dn = `CN=${userName},${isOutside === true ? outside : staff}`;
      const names = { employeeNumber: 'employeeID', department: 'department' };
      await addUser(dn, userName, startPassword, {
        ...(displayName !== undefined && { displayName }),
        ...(await describedBy(account, names, dnOf)),
      });
      if (isPrivileged === true) await administrator.modify(`CN=inner,${baseDn}`, memberAdded(dn));
      return keyOf(dn);
    },
    keyOf: async (userName) => keyOf(await dnOf(userName)),
    rename: async (userName, next) => {
      await administrator.modifyDN(await dnOf(userName), `CN=${next},${staff}`);
      await administrator.modify(`CN=${next},${staff}`, [
        replaced('sAMAccountName', [next]),
        replaced('userPrincipalName', [`${next}@corp.test`]),
      ]);
    },
    moveOutside: async (userName) => {
      await administrator.modifyDN(await dnOf(userName), `CN=${userName},${outside}`);
    },
    remove: async (userName) => administrator.del(await dnOf(userName)),
    leaveGroup: async (userName) =>
      administrator.modify(`CN=inner,${baseDn}`, memberRemoved(await dnOf(userName))),
    setPhone: async (userName, phone) =>
      administrator.modify(await dnOf(userName), replaced('mobile', [phone])),
    through: bridgeTo({ host, port: 636 }, certificates),
    writeMark: 'unicodePwd',
    readerSettings: { serviceAccount: 'reader@corp.test' },
    sabotage: {
      refusesBecause: 'other',
      takeRightAway: async (userName) => {
        const sid = await domain.sidOf(`CN=helpdesk,CN=Users,${baseDn}`);
        await samba.grant(await dnOf(userName), `(OD;;CR;00299570-246d-11d0-a768-00aa006e0529;;${sid})`);
      },
      demandLonger: async (userName) =>
        applySettings('Hidden', await dnOf(userName), { 'msDS-MinimumPasswordLength': '60' }),
    },
    service: {
      lock: async () => {
        await lockByWrongPasswords({ host, port: 636 }, certificates.authority, 'helpdesk@corp.test');
        return () => administrator.modify(helpdesk, replaced('lockoutTime', ['0']));
      },
      expire: async () => {
        // Passwords expire after 42 days.
        await samba.agePassword(helpdesk, 43);
        return async () => {
          // -1 has an effect only after 0.
          for (const value of ['0', '-1'])
            await administrator.modify(helpdesk, replaced('pwdLastSet', [value]));
        };
      },
    },
    stop: () => samba.stop(),
  };
}
