import type { Client } from 'ldapts';
import { createLdapDirectory } from '../../backend/directories/ldap/ldap-directory.ts';
import { flavours } from '../../backend/directories/ldap/ldap-flavours.ts';
import { ldapSettings, type LdapPreset } from '../../shared/api/directory-settings.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { makeCertificateAuthority } from '../fixtures/certificate-authority.ts';
import { startDirectory389 } from '../fixtures/directory-389.ts';
import { startOpenldap, type LdapTestServer } from '../fixtures/openldap.ts';
import {
  adapterCollaborators,
  bridgeTo,
  describedBy,
  lockByWrongPasswords,
  memberAdded,
  memberRemoved,
  replaced,
  untilRefused,
} from './lab-parts.ts';
import { servicePassword, startPassword, type DirectoryLab } from './lab.ts';
import type { OddLab } from './odd-names.ts';

export interface LdapLab extends DirectoryLab {
  /** Gives an account of OpenLDAP a policy of its own, by its name. */
  setPolicy(userName: string, name: string): Promise<unknown>;
  readonly ldap: LdapTestServer;
  /** The authorities (PEM) of the server and of bridges to it. */
  readonly authorities: string;
  /** The server's own certificate (PEM). */
  readonly certificate: string;
  connectWith(settings: object): ReturnType<typeof createLdapDirectory>;
  readonly odd: Omit<OddLab, 'lab'>;
  /** The distinguished name of a service account. */
  serviceAccount(name: string): string;
}

/** The administrator's queries and changes in the tree. */
function createTreeAdministrator(administrator: Client, baseDn: string, preset: LdapPreset) {
  const { keyAttribute, toKey } = flavours[preset];
  const valueOf = async (dn: string, attribute: string): Promise<string> => {
    const { searchEntries } = await administrator.search(dn, { scope: 'base', attributes: [attribute] });
    return String(searchEntries[0]?.[attribute] ?? '');
  };
  return {
    keyOf: async (dn: string) => toKey(await valueOf(dn, keyAttribute)),
    dnOf: async (userName: string) => {
      const { searchEntries } = await administrator.search(baseDn, {
        filter: `(uid=${userName})`,
        attributes: ['uid'],
      });
      const dn = searchEntries[0]?.dn;
      if (dn === undefined) throw new Error(`${userName} was not found`);
      return dn;
    },
    /** Sets a password that demands no change. */
    setPassword: async (dn: string, password: string) => {
      await administrator.modify(dn, replaced('userPassword', [password]));
      // Both demand a change of a password that their manager set; 389 Directory Server shortly after its answer.
      if (preset === '389-ds') while ((await valueOf(dn, 'passwordExpirationTime')) === '') continue;
      const demand = preset === '389-ds' ? 'passwordExpirationTime' : 'pwdReset';
      await administrator.modify(dn, replaced(demand, []));
    },
  };
}

async function startLab(
  preset: LdapPreset,
  start: (certificates: Awaited<ReturnType<typeof makeCertificateAuthority>>) => Promise<LdapTestServer>,
  {
    serviceAccount,
    reader,
    says,
    enable,
  }: {
    readonly serviceAccount: string;
    readonly reader: string;
    readonly says: DirectoryLab['says'];
    readonly enable: boolean;
  },
): Promise<LdapLab> {
  const certificates = await makeCertificateAuthority();
  const ldap = await start(certificates);
  const { administrator, baseDn, host, port, authority: ownAuthority } = ldap;
  const people = `ou=people,${baseDn}`;
  const outside = `ou=outside,${baseDn}`;
  const { dnOf, keyOf, setPassword } = createTreeAdministrator(administrator, baseDn, preset);
  const group = (name: string) => `cn=${name},ou=groups,${baseDn}`;
  // A `groupOfNames` has at least one member.
  for (const [name, member] of [
    ['inner', `cn=nobody,${baseDn}`],
    ['outer', group('inner')],
  ] as const)
    await administrator.add(group(name), { objectClass: 'groupOfNames', cn: name, member });
  const settings = {
    kind: 'ldap',
    preset,
    servers: [{ host, port }],
    // Those of the bridge and of the server.
    authorities: `${ownAuthority}\n${certificates.authority}`,
    baseDn,
    serviceAccount,
    scope: { include: [people] },
    privilegedGroups: [group('outer')],
    canEnable: enable,
    ...(preset === 'openldap' && { defaultPolicy: `cn=default,ou=policies,${baseDn}` }),
  };
  /** Gives an account of OpenLDAP a policy of its own. Answers what ends it. */
  const setPolicy = async (userName: string, name: string) => {
    const policy = (values: readonly string[]) => replaced('pwdPolicySubentry', values);
    const dn = await dnOf(userName);
    await administrator.modify(dn, policy([`cn=${name},ou=policies,${baseDn}`]));
    return () => administrator.modify(dn, policy([]));
  };
  const create = (changes: object, password: string, timeoutMs?: number, clockAheadMs = 0) =>
    createLdapDirectory(ldapSettings.parse({ ...settings, ...changes }), new Secret(password), {
      ...adapterCollaborators,
      now: () => Date.now() + clockAheadMs,
      compareKeysMs: 0,
      ...(timeoutMs !== undefined && { timeouts: { connectMs: timeoutMs, requestMs: timeoutMs } }),
    });
  return {
    ldap,
    settings,
    settingsAt: (server) => ({ ...settings, servers: [server] }),
    kind: 'ldap',
    capabilities: {
      temporaryPassword: true,
      forceChange: true,
      unlock: true,
      lockState: true,
      endSessions: 'not-in-this-kind',
      historyOnResets: true,
    },
    server: { host, port },
    authority: ownAuthority,
    authorities: settings.authorities,
    certificate: certificates.server.cert,
    certificates,
    connectWith: (changes) => create(changes, servicePassword),
    setPolicy,
    serviceAccount: (name) => reader.replace(/=reader,/, `=${name},`),
    odd: {
      administrator,
      people,
      privileged: group('inner'),
      connectWith: (changes) => create(changes, servicePassword),
      addAt: async (dn, userName) => {
        await administrator.add(dn, { objectClass: 'inetOrgPerson', uid: userName, sn: userName });
        await setPassword(dn, startPassword);
        return keyOf(dn);
      },
    },
    connect: ({
      servers,
      servicePassword: password = servicePassword,
      withoutRights,
      authority,
      timeoutMs,
      clockAheadMs,
    } = {}) =>
      create(
        {
          ...(servers && { servers }),
          ...(authority !== undefined && { authorities: authority }),
          ...(withoutRights === true && { serviceAccount: reader }),
        },
        password,
        timeoutMs,
        clockAheadMs,
      ),
    add: async (account) => {
      const { userName, displayName, isPrivileged, isOutside } = account;
      const dn = `uid=${userName},${isOutside === true ? outside : people}`;
      await administrator.add(dn, {
        objectClass: 'inetOrgPerson',
        uid: userName,
        cn: displayName ?? `${userName} ${userName}`,
        sn: userName,
        ...(await describedBy(
          account,
          { employeeNumber: 'employeeNumber', department: 'departmentNumber' },
          dnOf,
        )),
      });
      // In a separate write, since OpenLDAP records the time of a change and not of an addition.
      await setPassword(dn, startPassword);
      if (isPrivileged === true) await administrator.modify(group('inner'), memberAdded(dn));
      return keyOf(dn);
    },
    keyOf: async (userName) => keyOf(await dnOf(userName)),
    rename: async (userName, next) => administrator.modifyDN(await dnOf(userName), `uid=${next}`),
    moveOutside: async (userName) =>
      administrator.modifyDN(await dnOf(userName), `uid=${userName},${outside}`),
    remove: async (userName) => administrator.del(await dnOf(userName)),
    leaveGroup: async (userName) => administrator.modify(group('inner'), memberRemoved(await dnOf(userName))),
    setPhone: async (userName, phone) =>
      administrator.modify(await dnOf(userName), replaced('mobile', [phone])),
    through: bridgeTo({ host, port }, certificates),
    writeMark: 'userPassword',
    readerSettings: { serviceAccount: reader },
    // OpenLDAP's fixture has an access rule and policies for these.
    ...(preset === 'openldap' && {
      service: {
        lock: async () => {
          await lockByWrongPasswords({ host, port }, ownAuthority, serviceAccount);
          return () =>
            administrator.modify(
              serviceAccount,
              // Resets the count of wrong passwords as well.
              replaced('pwdAccountLockedTime', []),
            );
        },
        expire: async () => {
          const policy = (values: readonly string[]) => replaced('pwdPolicySubentry', values);
          // Its password gets a date, and then an age of a second at most.
          await administrator.modify(serviceAccount, replaced('userPassword', [servicePassword]));
          await administrator.modify(serviceAccount, [
            policy([`cn=expiring,ou=policies,${baseDn}`]),
            replaced('pwdReset', []),
          ]);
          await untilRefused({ host, port }, ownAuthority, serviceAccount);
          return () => administrator.modify(serviceAccount, policy([]));
        },
      },
      sabotage: {
        refusesBecause: 'too-short',
        takeRightAway: async (userName: string) =>
          administrator.modify(await dnOf(userName), replaced('description', ['protected'])),
        demandLonger: (userName: string) => setPolicy(userName, 'hidden'),
        allowFewer: (userName: string) => setPolicy(userName, 'narrow'),
      },
    }),
    says,
    stop: () => ldap.stop(),
  };
}

export const startOpenldapLab = (options: Parameters<typeof startOpenldap>[2] = {}): Promise<LdapLab> =>
  startLab('openldap', ({ authority, server }) => startOpenldap(authority, server, options), {
    serviceAccount: 'cn=helpdesk,ou=services,dc=corp,dc=test',
    reader: 'cn=reader,ou=services,dc=corp,dc=test',
    enable: true,
    says: {
      used: 'used-before',
      short: 'too-short',
      locked: 'locked',
      disabled: 'disabled',
      missingRights: [],
      policy: {
        from: 'ppolicy',
        minLength: 10,
        history: 3,
        minAge: 0,
        lockoutThreshold: 3,
        complexity: false,
        unreadable: [],
        unchecked: [],
      },
      hasLockEnd: true,
      lockedAt: null,
      resetUnlocks: true,
      isOneWrite: true,
      hasUnits: true,
      changeTimes: 'entry',
    },
  });

export const startDirectory389Lab = (): Promise<LdapLab> =>
  startLab('389-ds', startDirectory389, {
    serviceAccount: 'uid=helpdesk,ou=services,dc=corp,dc=test',
    reader: 'uid=reader,ou=services,dc=corp,dc=test',
    enable: true,
    says: {
      used: 'used-before',
      short: 'not-complex',
      locked: 'locked',
      disabled: 'disabled',
      missingRights: [],
      policy: { from: 'ppolicy', minLength: 10, history: 3, minAge: 0, lockoutThreshold: 3 },
      hasLockEnd: true,
      lockedAt: null,
      resetUnlocks: true,
      isOneWrite: false,
      hasUnits: true,
      changeTimes: 'entry',
    },
  });
