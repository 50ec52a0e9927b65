import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Secret } from 'otpauth';
import { expect } from 'vitest';
import { browserOf } from '../../backend/desk-call.ts';
import { enrol } from '../../backend/enrol.ts';
import { codeAt, invitationIn, invite } from '../../backend/join-operator.ts';
import { administrator as ann } from '../../backend/start-test-backend.ts';
import { staffedTest as it } from '../../fixtures/api.ts';
import { makeLoopbackCertificate } from '../../fixtures/loopback-certificate.ts';

/** The encodings in which a secret may be stored. */
const formsOf = (secret: string): readonly Buffer[] => [
  Buffer.from(secret),
  Buffer.from(encodeURIComponent(secret)),
  Buffer.from(JSON.stringify(secret).slice(1, -1)),
  Buffer.from(Buffer.from(secret).toString('base64').replace(/.?=*$/, '')),
  Buffer.from(Buffer.from(secret).toString('hex')),
  Buffer.from(secret, 'utf16le'),
];
/** The encodings of the bytes of an authenticator's secret. */
const bytesOf = (base32: string): readonly Buffer[] => {
  const bytes = Buffer.from(Secret.fromBase32(base32).buffer);
  return [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('base64').replace(/.?=*$/, '')),
  ];
};

it(
  'no secret of a desk is readable in its log, its files, its database or what it exports',
  { timeout: 120_000 },
  async ({ backend, staffedDesk, administrator, operator }) => {
    const canaries = new Map<string, readonly Buffer[]>();
    const plant = (what: string, secret: string): string => {
      expect([what, secret.length > 5]).toEqual([what, true]);
      canaries.set(what, formsOf(secret));
      return secret;
    };
    const put = async (path: string, body: object, method = 'PUT') => {
      await administrator.prove();
      const { status, body: answer } = await administrator.call(method, path, body);
      expect([path, status, JSON.stringify(answer)]).toEqual([
        path,
        status < 300 ? status : 200,
        expect.anything(),
      ]);
    };
    const session = async (path: string, body: object) =>
      (await (await backend.ask('POST', `/api/v1/session${path}`, body)).json()) as Record<string, string>;

    // An operator joins, signs in, renews and loses a console.
    plant('the administrator’s password', ann.password);
    plant('the administrator’s access token', administrator.accessToken());
    plant('the administrator’s refresh token', administrator.refreshToken());
    const password = plant('an operator’s password', 'Vexing-Marble+41');
    const person = { userName: 'nora', displayName: 'Nora New', password, roles: ['operator'] } as const;
    await administrator.prove();
    await invite(backend, administrator.accessToken(), person);
    const invitation = await invitationIn(backend, administrator.accessToken(), 'nora@example.com');
    const token = plant('an invitation', invitation.replace('/invitation/', ''));
    await browserOf(backend.ask).go('POST', '/invitation', { token, password, repeated: password });
    const { ticket = '' } = await session('', { userName: 'nora', password });
    plant('the ticket of a sign-in', ticket);
    const { secret = '' } = await session('/enrolment', { ticket });
    plant('an operator’s second factor', secret);
    canaries.set('the bytes of an operator’s second factor', bytesOf(secret));
    const enrolled = (await session('/enrolment/confirm', {
      ticket,
      code: codeAt(secret, backend.clock.at),
    })) as unknown as { accessToken: string; refreshToken: string; recoveryCodes: string[] };
    plant('an operator’s access token', enrolled.accessToken);
    plant('an operator’s refresh token', enrolled.refreshToken);
    for (const [at, code] of enrolled.recoveryCodes.entries()) {
      plant(`an operator’s recovery code ${at}`, code);
      plant(`an operator’s recovery code ${at} without dashes`, code.replaceAll('-', ''));
    }
    const renewed = await session('/refresh', { refreshToken: enrolled.refreshToken });
    plant('a renewed access token', renewed['accessToken'] ?? '');
    plant('a renewed refresh token', renewed['refreshToken'] ?? '');
    await session('', { userName: 'nora', password: plant('a wrong password', 'Wrong-Marble+42') });

    // A user is reset, signs in, and enrols.
    const view = await operator.openCase('m.okafor');
    const started = await operator.startCode(view.id);
    await operator.readBack(started.body.case, await staffedDesk.lastCode());
    const grant = await operator.mint(view.id, 'temporary-password');
    const reset = await operator.reset(view.id, grant.body.id, 'temporary-password', 'the-canary-press');
    const temporary = plant('a temporary password', reset.body.temporaryPassword ?? '');
    const user = browserOf(backend.ask);
    const signedIn = await user.signIn('m.okafor', temporary);
    plant('a user’s session', /=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? '');
    await user.choose(plant('a user’s password', 'Humble-Kettle+43'));
    const own = await enrol(backend, view.account.id);
    plant('a user’s second factor', own.secret);
    canaries.set('the bytes of a user’s second factor', bytesOf(own.secret));
    for (const [at, code] of own.recoveryCodes.entries()) plant(`a user’s recovery code ${at}`, code);
    plant('the answer to a question', 'Ahornweg');
    plant('the answer to a question in small letters', 'ahornweg');

    // Secrets for other servers.
    await put('/settings/audit-streams/webhook', {
      enabled: false,
      url: 'https://log.example.com/',
      secret: plant('the secret of the webhook', 'Canary-Webhook+4'),
    });
    await put('/settings/texts', {
      transport: 'gateway',
      method: 'POST',
      url: 'http://127.0.0.1:9/send',
      headers: [{ name: 'authorization', value: 'Bearer {{secret}}' }],
      secret: plant('the secret of the text gateway', 'Canary-Gateway+5'),
      bodyFormat: 'json',
      body: '{"to":"{{to}}","text":"{{text}}"}',
    });
    const { body: provider } = await administrator.call<Record<string, unknown>>('GET', '/settings/provider');
    const { secretStored: _stored, redirectUri: _uri, linkedElsewhere: _linked, ...settings } = provider;
    await put('/settings/provider', {
      ...settings,
      issuer: 'https://id.example.com',
      clientId: 'desk',
      secret: plant('the secret of the identity provider', 'Canary-Provider+6'),
    });
    await put(
      '/directories',
      {
        name: 'Canary',
        settings: {
          kind: 'ldap',
          preset: 'generic',
          servers: [{ host: '127.0.0.1', port: 9 }],
          baseDn: 'dc=example,dc=com',
          serviceAccount: 'cn=reset-desk,dc=example,dc=com',
        },
        secret: plant('the password of the directory service account', 'Canary-Directory+7'),
      },
      'POST',
    );
    const { cert, key } = await makeLoopbackCertificate();
    await put('/settings/trust', { authorities: '', clientCertificate: cert, clientKey: key });
    plant('the key of the client certificate', key.split('\n')[2] ?? '');
    await put('/settings/mail', {
      transport: 'smtp',
      host: '127.0.0.1',
      port: 9,
      security: 'none',
      userName: 'desk',
      from: 'desk@example.com',
      password: plant('the password of the mail server', 'Canary-Smtp+8'),
    });
    await administrator.call('POST', '/settings/mail/test', { to: 'ann@example.com' });
    await administrator.call('POST', '/settings/texts/test', { to: '+49 30 555 0100' });

    const found: string[] = [];
    const search = (place: string, content: Buffer) => {
      for (const [what, forms] of canaries)
        if (forms.some((form) => content.includes(form))) found.push(`${what}: ${place}`);
    };
    const searchEverywhere = async () => {
      search('the log', Buffer.from(backend.lines.join('\n')));
      for (const [table, rows] of Object.entries(await backend.readTables()))
        search(`the table ${table}`, Buffer.from(JSON.stringify(rows)));
      const { dataFolder } = backend;
      for (const file of await readdir(dataFolder, { recursive: true, withFileTypes: true })) {
        const path = relative(dataFolder, join(file.parentPath, file.name));
        // Mails in the outbox are meant to be read.
        if (file.isFile() && !path.startsWith('outbox'))
          search(`the file ${path}`, await readFile(join(dataFolder, path)));
      }
    };
    const read = async (path: string) => {
      const answer = await backend.ask('GET', `/api/v1${path}`, undefined, {
        authorization: `Bearer ${administrator.accessToken()}`,
      });
      expect([path, answer.status]).toEqual([path, 200]);
      search(path, Buffer.from(await answer.arrayBuffer()));
    };
    await searchEverywhere();
    for (const path of ['mail', 'texts', 'provider', 'trust', 'audit-streams'])
      await read(`/settings/${path}`);
    await read('/directories');
    await read('/audit/export?format=jsonl');
    await read(`/cases/${view.id}/evidence-pack?format=json`);
    await backend.restart();
    await searchEverywhere();
    expect(found).toEqual([]);
  },
);
