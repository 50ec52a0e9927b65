import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { backendCommand } from '../fixtures/backend-command.ts';
import manifest from '../../package.json' with { type: 'json' };
import { expect, test } from '../fixtures/console.ts';
import { administrator } from '../screens/entrance.ts';

const report = [
  'From: MAILER-DAEMON@mx.example.com',
  'To: desk@example.com',
  'Subject: hello',
  '',
  'No report at all.',
  '',
].join('\r\n');

test('the backend serves without a display @packaged', async ({ build, userData }) => {
  const command = backendCommand(build);
  const backend = await command.serve({ RESET_DESK_DATA: userData });
  expect(await (await fetch(`${backend.url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${backend.url}/api/v1/about`)).json()).toMatchObject({
    version: manifest.version,
  });
  const setupCode = await backend.setupCode();
  const { status } = await fetch(`${backend.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...administrator, setupCode }),
  });
  expect(status).toBe(200);
  expect(await backend.stop()).toEqual([0, null]);

  const verified = await command.run(['audit', 'verify', '--data', userData]);
  expect(verified).toMatchObject({ code: 0, err: '' });
  expect(verified.out).toMatch(/^Unbroken: \d+ events/);
  const key = await command.run(['audit', 'key'], { RESET_DESK_DATA: userData });
  const [, publicKey = ''] = /Public key: (\S+)/.exec(key.out) ?? [];

  const file = join(userData, 'audit.jsonl');
  expect(await command.run(['audit', 'export', '--data', userData, '--out', file])).toMatchObject({
    code: 0,
  });
  expect(await command.run(['audit', 'verify', '--file', file, '--public-key', publicKey])).toMatchObject({
    code: 0,
    err: '',
  });

  const database = new Database(join(userData, 'reset-desk.db'));
  database.exec('drop trigger audit_events_no_update');
  database.exec("update audit_events set outcome = 'refused' where seq = 1");
  database.close();
  const broken = await command.run(['audit', 'verify', '--data', userData]);
  expect(broken.code).toBe(1);
  expect(broken.out).toContain('BROKEN: Event 1 was altered.');
  expect(await command.run(['mail', 'bounce', '--data', userData], {}, report)).toMatchObject({
    code: 0,
    out: expect.stringContaining('not a delivery report') as unknown,
  });
});

test('the backend of the package prints evidence in the scripts of names @packaged', async ({
  build,
  userData,
}) => {
  const backend = await backendCommand(build).serve({ RESET_DESK_DATA: userData });
  const setupCode = await backend.setupCode();
  let token = '';
  const call = (method: string, path: string, body?: object) =>
    fetch(`${backend.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const person = { ...administrator, displayName: '山田ヤマダ محمد', setupCode };
  token = ((await (await call('POST', '/setup', person)).json()) as { accessToken: string }).accessToken;
  await call('POST', '/imports/samples', {});
  const found = (await (await call('GET', '/accounts?q=m.okafor')).json()) as { hits: { id: string }[] };
  const opened = await call('POST', '/cases', { accountId: found.hits[0]?.id });
  const { id } = (await opened.json()) as { id: string };
  const pack = await call('GET', `/cases/${id}/evidence-pack?format=pdf`);
  const bytes = Buffer.from(await pack.arrayBuffer()).toString('latin1');
  await backend.stop();
  const fonts = [...bytes.matchAll(/\/FontName \/\w+\+(\w+)/g)].map(([, name]) => name);
  expect(fonts).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Inter/),
      expect.stringMatching(/^NotoSansJP/),
      expect.stringMatching(/^NotoSansArabic/),
    ]),
  );
});

test('the command ends with 2 or 78 when it cannot do what it was asked @packaged', async ({ build }) => {
  const command = backendCommand(build);
  const help = await command.run(['--help']);
  expect(help).toMatchObject({ code: 0, err: '' });
  for (const name of ['audit verify', 'audit export', 'audit key', 'evidence verify', 'mail bounce'])
    expect(help.out).toContain(`reset-desk-backend ${name}`);
  const nowhere = await command.run(['audit', 'verify', '--data', '/nowhere/at/all']);
  expect(nowhere).toMatchObject({ code: 2, out: '' });
  expect(nowhere.err).toContain('There is no database in /nowhere/at/all.');
  const unset = await command.run([]);
  expect(unset).toMatchObject({ code: 78, out: '' });
  expect(unset.err).toContain('RESET_DESK_DATA: name the folder');
});

test('neither an option nor the environment makes the command run anything else @packaged', async ({
  build,
  userData,
}) => {
  const command = backendCommand(build);
  const [script, marker] = [join(userData, 'evil.cjs'), join(userData, 'marker')];
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(marker)}, 'ran')`);
  // The fuses are of the package alone.
  const environment =
    build === 'packaged' ? { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` } : {};
  expect((await command.run(['--help'], environment)).out).toContain(
    'Without a command, the backend starts its server.',
  );
  for (const option of [`--require=${script}`, '--type=renderer', '--inspect-brk=0', script]) {
    expect(await command.run([option])).toMatchObject({ code: 2, out: '' });
  }
  expect(existsSync(marker)).toBe(false);
});
