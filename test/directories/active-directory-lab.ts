import { Attribute, Change } from 'ldapts';
import { activeDirectorySettings } from '../../shared/api/directory-settings.ts';
import { createActiveDirectory } from '../../backend/directories/active-directory/active-directory.ts';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { guidText } from '../../backend/directories/ldap/ldap-entry.ts';
import { outboundForTest } from '../../backend/outbound/outbound-for-test.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { makeCertificateAuthority } from '../fixtures/certificate-authority.ts';
import { loopbackAddress, startSamba, type Samba } from '../fixtures/samba.ts';
import { originateTls, terminateTls } from '../fixtures/tls-bridge.ts';
import { startPassword, type DirectoryLab } from './contract.ts';

const servicePassword = 'Service-4711-Passw0rd';
const quoted = (password: string) => Buffer.from(`"${password}"`, 'utf16le');
const replace = (type: string, values: string[] | Buffer[]) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) });

/** The text of a SID in its bytes. */
function sidText(sid: Buffer): string {
  const parts = Array.from({ length: sid.readUInt8(1) }, (_none, at) => sid.readUInt32LE(8 + at * 4));
  return ['S-1', sid.readUIntBE(2, 6), ...parts].join('-');
}

interface ActiveDirectoryLab extends DirectoryLab {
  readonly samba: Samba;
  /** The unit that is the scope. */
  readonly staff: string;
  addUser(dn: string, userName: string, password: string, more?: Record<string, string>): Promise<void>;
  connectWith(
    settings: object,
    collaborators?: Partial<Parameters<typeof createActiveDirectory>[2]>,
  ): ExternalDirectory;
}

/** A Samba with a delegated service account, one that may only read, units within and outside the scope, nested groups and a lockout after three tries. */
export async function startActiveDirectoryLab(): Promise<ActiveDirectoryLab> {
  const host = loopbackAddress();
  const certificates = await makeCertificateAuthority({ addresses: [host] });
  const samba = await startSamba(host, certificates.authority, certificates.server);
  const { administrator, baseDn } = samba;
  const staff = `OU=Staff,${baseDn}`;
  const outside = `OU=Outside,${baseDn}`;
  const sidOf = async (dn: string) => {
    const { searchEntries } = await administrator.search(dn, {
      scope: 'base',
      attributes: ['objectSid'],
      explicitBufferAttributes: ['objectSid'],
    });
    return sidText(searchEntries[0]?.['objectSid'] as Buffer);
  };
  const keyOf = async (dn: string) => {
    const { searchEntries } = await administrator.search(dn, {
      scope: 'base',
      attributes: ['objectGUID'],
      explicitBufferAttributes: ['objectGUID'],
    });
    return guidText(searchEntries[0]?.['objectGUID'] as Buffer);
  };
  const dnOf = async (userName: string) => {
    const { searchEntries } = await administrator.search(baseDn, { filter: `(sAMAccountName=${userName})` });
    const dn = searchEntries[0]?.dn;
    if (dn === undefined) throw new Error(`${userName} was not found`);
    return dn;
  };
  const addUser = async (
    dn: string,
    userName: string,
    password: string,
    more: Record<string, string> = {},
  ) => {
    await administrator.add(dn, [
      new Attribute({ type: 'objectClass', values: ['user'] }),
      new Attribute({ type: 'sAMAccountName', values: [userName] }),
      new Attribute({ type: 'userPrincipalName', values: [`${userName}@corp.test`] }),
      new Attribute({ type: 'userAccountControl', values: ['512'] }),
      new Attribute({ type: 'unicodePwd', values: [quoted(password)] }),
      ...Object.entries(more).map(([type, value]) => new Attribute({ type, values: [value] })),
    ]);
  };

  await administrator.modify(baseDn, [
    replace('lockoutThreshold', ['3']),
    replace('minPwdAge', ['0']),
    replace('minPwdLength', ['10']),
  ]);
  for (const unit of [staff, outside]) await administrator.add(unit, { objectClass: 'organizationalUnit' });
  for (const name of ['inner', 'outer'])
    await administrator.add(`CN=${name},${baseDn}`, { objectClass: 'group', sAMAccountName: name });
  await administrator.modify(
    `CN=outer,${baseDn}`,
    new Change({
      operation: 'add',
      modification: new Attribute({ type: 'member', values: [`CN=inner,${baseDn}`] }),
    }),
  );
  for (const name of ['helpdesk', 'reader'])
    await addUser(`CN=${name},CN=Users,${baseDn}`, name, servicePassword);
  const user = 'bf967aba-0de6-11d0-a285-00aa003049e2';
  const sid = await sidOf(`CN=helpdesk,CN=Users,${baseDn}`);
  // Reset Password; write pwdLastSet, lockoutTime and userAccountControl.
  await samba.grant(
    staff,
    [
      ['CR', '00299570-246d-11d0-a768-00aa006e0529'],
      ['RPWP', 'bf967a0a-0de6-11d0-a285-00aa003049e2'],
      ['RPWP', '28630ebf-41d5-11d1-a9c1-0000f80367c1'],
      ['RPWP', 'bf967a68-0de6-11d0-a285-00aa003049e2'],
    ]
      .map(([rights, object]) => `(OA;CIIO;${rights};${object};${user};${sid})`)
      .join(''),
  );

  // Lists deleted objects: more than the delegation needs, for a feed that names them.
  await samba.grant(`CN=Deleted Objects,${baseDn}`, `(A;;LCRP;;;${sid})`);

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
  const collaborators = { trust: outboundForTest().trust, now: () => Date.now() };
  return {
    samba,
    staff,
    addUser,
    connectWith: (changes, more = {}) =>
      createActiveDirectory(
        activeDirectorySettings.parse({ ...settings, ...changes }),
        new Secret(servicePassword),
        { ...collaborators, ...more },
      ),
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
    certificates,
    connect: ({
      servers,
      servicePassword: password = servicePassword,
      withoutRights,
      authority,
      timeoutMs,
    } = {}) =>
      createActiveDirectory(
        activeDirectorySettings.parse({
          ...settings,
          ...(servers && { servers }),
          ...(authority !== undefined && { authorities: authority }),
          ...(withoutRights === true && { serviceAccount: 'reader@corp.test' }),
        }),
        new Secret(password),
        {
          ...collaborators,
          ...(timeoutMs !== undefined && { timeouts: { connectMs: timeoutMs, requestMs: timeoutMs } }),
        },
      ),
    add: async ({
      userName,
      displayName,
      email,
      phones,
      employeeNumber,
      department,
      manager,
      isPrivileged,
      isOutside,
    }) => {
      const dn = `CN=${userName},${isOutside === true ? outside : staff}`;
      await addUser(dn, userName, startPassword, {
        ...(displayName !== undefined && { displayName }),
        ...(email !== undefined && { mail: email }),
        ...(phones !== undefined && { mobile: phones[0], telephoneNumber: phones[1] }),
        ...(employeeNumber !== undefined && { employeeID: employeeNumber }),
        ...(department !== undefined && { department }),
        ...(manager !== undefined && { manager: await dnOf(manager) }),
      });
      if (isPrivileged === true)
        await administrator.modify(
          `CN=inner,${baseDn}`,
          new Change({ operation: 'add', modification: new Attribute({ type: 'member', values: [dn] }) }),
        );
      return keyOf(dn);
    },
    rename: async (userName, next) => {
      const dn = await dnOf(userName);
      await administrator.modifyDN(dn, `CN=${next},${staff}`);
      await administrator.modify(`CN=${next},${staff}`, replace('sAMAccountName', [next]));
    },
    moveOutside: async (userName) => {
      await administrator.modifyDN(await dnOf(userName), `CN=${userName},${outside}`);
    },
    remove: async (userName) => administrator.del(await dnOf(userName)),
    setPhone: async (userName, phone) =>
      administrator.modify(await dnOf(userName), replace('mobile', [phone])),
    through: async (start) => {
      const inner = await originateTls({ host, port: 636 });
      const proxy = await start(inner.port);
      const outer = await terminateTls(certificates.server, proxy.port);
      return {
        address: { host: '127.0.0.1', port: outer.port },
        stop: async () => {
          await outer.stop();
          await proxy.stop();
          await inner.stop();
        },
      };
    },
    writeMark: 'unicodePwd',
    says: {
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
    },
    stop: () => samba.stop(),
  };
}
