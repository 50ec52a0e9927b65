import { describe, expect } from 'vitest';
import type { Member } from '../../backend/staffed-desk.ts';
import { sharedDeskTest as it } from '../../fixtures/api.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Settings with a secret, and the changes after which it would go to another server or be used for another account. */
interface Kept {
  readonly path: string;
  readonly settings: Settings;
  readonly secret: 'secret' | 'password';
  /** Changes that leave the secret where it is. */
  readonly near: readonly Settings[];
  readonly elsewhere: readonly Settings[];
}

const provider = {
  enabled: false,
  name: 'Example',
  issuer: 'https://id.example.com',
  clientId: 'desk',
  scopes: 'openid',
  userNameClaim: 'preferred_username',
  rolesClaim: '',
  roles: [],
  userNameDomains: '',
  emailIsVerified: false,
  matchBy: 'user-name',
  create: false,
  secondFactor: 'here',
};
const mail = {
  transport: 'smtp',
  host: 'mail.example.com',
  port: 587,
  security: 'starttls',
  userName: 'desk',
  from: 'desk@example.com',
};
const texts = {
  transport: 'gateway',
  method: 'POST',
  url: 'https://texts.example.com/send',
  headers: [],
  bodyFormat: 'json',
  body: '{"to":"{{to}}","text":"{{text}}","key":"{{secret}}"}',
};
const kept: readonly Kept[] = [
  {
    path: '/settings/provider',
    settings: provider,
    secret: 'secret',
    near: [{ name: 'Another name' }, { rolesClaim: 'roles' }],
    elsewhere: [{ issuer: 'https://id.example.org' }, { clientId: 'other' }],
  },
  {
    path: '/settings/mail',
    settings: mail,
    secret: 'password',
    near: [{ from: 'help@example.com' }, { security: 'tls' }],
    elsewhere: [{ host: 'mail.example.org' }, { port: 25 }, { userName: 'other' }, { security: 'none' }],
  },
  {
    path: '/settings/texts',
    settings: texts,
    secret: 'secret',
    near: [{ body: '{"text":"{{text}}","to":"{{to}}","key":"{{secret}}"}' }],
    elsewhere: [{ url: 'https://texts.example.org/send' }, { url: 'http://127.0.0.1:9/send' }],
  },
  {
    path: '/settings/audit-streams/webhook',
    settings: { enabled: false, url: 'https://log.example.com/events' },
    secret: 'secret',
    near: [],
    elsewhere: [{ url: 'https://log.example.org/events' }],
  },
];

/** Whether a secret is stored, wherever the answer says so. */
const isStored = (answer: unknown): boolean =>
  /"(?:secret|password)Stored":true/.test(JSON.stringify(answer));

const put = async (administrator: Member, path: string, body: Settings): Promise<void> => {
  await administrator.prove();
  const { status, body: answer } = await administrator.call('PUT', path, body);
  expect([path, status, JSON.stringify(answer)]).toEqual([path, 200, expect.anything()]);
};

describe('the stored secret of another server', () => {
  const rows = kept.flatMap(({ near, elsewhere, ...of }) => [
    ...near.map((change) => [of.path, 'stays with', change, of, true] as const),
    ...elsewhere.map((change) => [of.path, 'is forgotten with', change, of, false] as const),
  ]);
  it.for(rows)(
    'of %s %s %o',
    async ([path, _what, change, { settings, secret }, stays], { administrator }) => {
      await put(administrator, path, { ...settings, [secret]: 'a secret of the server' });
      await put(administrator, path, { ...settings, ...change });
      const { body } = await administrator.call('GET', path.replace('/webhook', ''));
      expect(isStored(body)).toBe(stays);
    },
  );

  const ldap = {
    kind: 'ldap',
    preset: 'generic',
    servers: [{ host: 'ldap.example.com', port: 636 }],
    encryption: 'tls',
    baseDn: 'dc=example,dc=com',
    serviceAccount: 'cn=desk,dc=example,dc=com',
  };
  it.for([
    ['stays with', { baseDn: 'dc=example,dc=org' }, true],
    ['is forgotten with', { servers: [{ host: 'ldap.example.org', port: 636 }] }, false],
    ['is forgotten with', { servers: [{ host: 'ldap.example.com', port: 3269 }] }, false],
    ['is forgotten with', { encryption: 'start-tls' }, false],
    ['is forgotten with', { serviceAccount: 'cn=other,dc=example,dc=com' }, false],
  ] as const)('of a directory %s %o', async ([_what, change, stays], { administrator }) => {
    await administrator.prove();
    const added = await administrator.call<{ id: string }>('POST', '/directories', {
      name: JSON.stringify(change).slice(0, 50),
      settings: ldap,
      secret: 'a secret of the directory',
    });
    expect(added.status).toBe(200);
    await put(administrator, `/directories/${added.body.id}`, {
      name: 'Changed',
      enabled: false,
      settings: { ...ldap, ...change },
    });
    const { body } = await administrator.call<{ directories: { id: string }[] }>('GET', '/directories');
    expect(isStored(body.directories.find(({ id }) => id === added.body.id))).toBe(stays);
    await administrator.call('DELETE', `/directories/${added.body.id}`);
  });
});
