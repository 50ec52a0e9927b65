import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { product } from '../../build/packages/identity.ts';
import { keyringName, writeAptRepository } from '../../build/packages/linux/apt-repository.ts';
import { administrator } from '../screens/entrance.ts';
import { withService } from './installed-service.ts';
import { buildOlderDeb, type OlderDeb } from './older-deb.ts';
import { missingPrograms, packageFile } from './packages.ts';
import { callNumbers, compileFilter, filtered } from './syscall-filter.ts';
import { plainUser, startThrowawayRoot, type ThrowawayRoot } from './throwaway-root.ts';

/** An upgrade from the older version to the newer one through the signed repository, and what apt refuses on the way. */
const older = '0.0.9';
const data = product.linux.service.data;
const unit = `/usr/lib/systemd/system/${product.backendCommand}.service`;
const missing = missingPrograms('apt-get', 'apt-ftparchive', 'gpg', 'nsenter');
let folder = '';
let address = '';
let server: Server;
let root: ThrowawayRoot;
let refusal = missing;
let olderDeb: OlderDeb;

const published = () => join(folder, 'published');
const gnupgHome = () => join(folder, 'gnupg');
const suite = () => join(published(), 'dists', 'stable');
const pool = (version: string) =>
  join(published(), 'pool/stable/r/reset-desk', `${product.id}_${version}_amd64.deb`);

/** apt with only this repository, since the package's dependencies are already installed. */
const apt = async (...args: readonly string[]) => {
  const { code, out, err } = await root.run([
    'apt-get',
    '-q',
    '-y',
    '-o=Dir::Etc::sourcelist=/etc/apt/sources.list.d/reset-desk.sources',
    '-o=Dir::Etc::sourceparts=-',
    '-o=Dpkg::Options::=--force-unsafe-io',
    '-o=Acquire::Retries=0',
    '--no-install-recommends',
    ...args,
  ]);
  return { code, said: `${out}${err}` };
};
const installedVersion = async () =>
  (await root.run(['dpkg-query', '-W', '-f', '${db:Status-Abbrev} ${Version}', product.id])).out.trim();

const publish = (packages: readonly string[], key = 'release@example.com') =>
  writeAptRepository({ folder: published(), packages, key, address, gnupgHome: gnupgHome() });

/** The migrations of the installed backend's database. */
const migrations = async () => {
  const read = `
    const { DatabaseSync } = require('node:sqlite');
    const rows = new DatabaseSync('${data}/reset-desk.db', { readOnly: true })
      .prepare('select name from kysely_migration')
      .all();
    process.stdout.write(JSON.stringify(rows.map(({ name }) => name)));
  `;
  const { out } = await root.run([process.execPath, '--no-warnings', '-e', read]);
  return JSON.parse(out) as readonly string[];
};
const exists = async (path: string) => (await root.run(['test', '-e', path])).code === 0;

/** Changes one byte near the end of a file while the work runs. */
async function withFlippedByte(file: string, work: () => Promise<void>): Promise<void> {
  const before = readFileSync(file);
  const changed = Buffer.from(before);
  const at = Math.floor(changed.length * 0.7);
  changed[at] = (changed[at] ?? 0) ^ 1;
  writeFileSync(file, changed);
  try {
    await work();
  } finally {
    writeFileSync(file, before);
  }
}

const post = async (url: string, body: object) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

/** The version in the description of the Reset API. */
const servedVersion = async (url: string) => {
  const { info } = (await (await fetch(new URL('/openapi.json', url))).json()) as {
    info: { version: string };
  };
  return info.version;
};

test.describe('the signed repository', () => {
  test.describe.configure({ mode: 'serial', timeout: 300_000 });
  test.skip(process.platform !== 'linux', 'A .deb is installed on Linux alone.');

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    if (missing !== '') return;
    const started = await startThrowawayRoot();
    if ('refused' in started) {
      refusal = started.refused;
      return;
    }
    root = started;
    folder = mkdtempSync('/var/tmp/reset-desk-apt-');
    server = createServer((request, response) => {
      const file = join(published(), new URL(request.url ?? '/', address).pathname);
      if (!existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { 'content-length': statSync(file).size });
      createReadStream(file).pipe(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    execFileSync('mkdir', ['-m', '700', gnupgHome()]);
    for (const person of ['release@example.com', 'attacker@example.com'])
      execFileSync(
        'gpg',
        ['--batch', '--quick-gen-key', '--passphrase', '', person, 'ed25519', 'sign', '1d'],
        {
          env: { ...process.env, GNUPGHOME: gnupgHome() },
          stdio: 'ignore',
        },
      );
    olderDeb = await buildOlderDeb(older, join(folder, 'older'));
    await publish([olderDeb.file]);
    root.write('/usr/share/keyrings/' + keyringName, readFileSync(join(published(), keyringName)));
    root.write(
      '/etc/apt/sources.list.d/reset-desk.sources',
      readFileSync(join(published(), `${product.id}.sources`)),
    );
  });

  test.beforeEach(() => {
    test.skip(refusal !== '', refusal);
  });

  test.afterAll(() => {
    if (folder === '') return;
    server.close();
    root.stop();
    execFileSync('gpgconf', ['--kill', 'all'], { env: { ...process.env, GNUPGHOME: gnupgHome() } });
    rmSync(folder, { recursive: true, force: true });
  });

  test('an index that was altered or signed by another key is refused @packaged', async () => {
    const inRelease = join(suite(), 'InRelease');
    const before = readFileSync(inRelease, 'utf8');
    writeFileSync(inRelease, before.replace('Origin: Reset Desk', 'Origin: Reset Disk'));
    expect((await apt('update')).said).toMatch(/BADSIG|invalid/);
    expect((await apt('install', product.id)).code).not.toBe(0);
    writeFileSync(inRelease, before);
    await publish([], 'attacker@example.com');
    expect((await apt('update')).said).toMatch(/NO_PUBKEY|not signed|public key is not available/);
    expect((await apt('install', product.id)).code).not.toBe(0);
    await publish([]);
    await withFlippedByte(join(suite(), 'main/binary-amd64/Packages.gz'), async () => {
      expect((await apt('update')).said).toMatch(/Hash Sum mismatch|unexpected size/);
    });
    expect((await apt('install', product.id)).code).not.toBe(0);
  });

  test('the older version is installed and complete @packaged', async () => {
    expect(await apt('update')).toMatchObject({ code: 0 });
    expect(await apt('install', product.id)).toMatchObject({ code: 0 });
    expect(await installedVersion()).toBe(`ii  ${older}`);
    expect(await root.run(['dpkg', '--verify', product.id])).toEqual({ code: 0, out: '', err: '' });
    expect(await exists(olderDeb.droppedFile)).toBe(true);
    const { out } = await root.run([
      'sh',
      '-c',
      `ldd /opt/reset-desk/reset-desk $(find /opt/reset-desk -name '*.node' -o -name '*.so')`,
    ]);
    expect(out).toContain('libnss3.so');
    expect(out).not.toContain('not found');
  });

  test('a link of the product opens the console, for a plain user @packaged', async () => {
    const { out } = await root.run(['xdg-mime', 'query', 'default', 'x-scheme-handler/resetdesk'], {
      uid: plainUser,
      env: { HOME: '/nonexistent', XDG_DATA_DIRS: '/usr/share' },
    });
    expect(out.trim()).toBe('reset-desk.desktop');
  });

  test('the backend serves as its own user on a system that it cannot write to @packaged', async () => {
    expect(
      (await root.run(['install', '-d', '-o', 'reset-desk', '-g', 'reset-desk', '-m', '700', data])).code,
    ).toBe(0);
    await withService(root, async (url, setupCode) => {
      const { status } = await post(`${url}/setup`, { ...administrator, setupCode: await setupCode });
      expect(status).toBe(200);
      expect(await servedVersion(url)).toBe(older);
    });
    expect(await migrations()).not.toContain(olderDeb.unknownMigration);
  });

  test('systemd finds no fault with the unit @packaged', async () => {
    const lacks = missingPrograms('systemd-analyze');
    test.skip(lacks !== '', lacks);
    // Manual pages are not looked for, because minimal systems lack the program.
    const verified = await root.run(['systemd-analyze', 'verify', '--man=no', unit]);
    expect(verified).toMatchObject({ code: 0, err: '' });
  });

  test("the backend serves under its unit's filter of system calls @packaged", async () => {
    const lacks = existsSync(callNumbers)
      ? missingPrograms('systemd-analyze', 'python3')
      : `${callNumbers} is missing.`;
    test.skip(lacks !== '', lacks);
    const text = (await root.run(['cat', unit])).out;
    root.write('/var/tmp/filter', compileFilter(text));
    const refused = await root.run([
      ...filtered('/var/tmp/filter'),
      process.execPath,
      '-e',
      "process.setuid('nobody')",
    ]);
    expect(refused.err).toContain('EPERM');
    await withService(
      root,
      async (url) => {
        const { userName, password } = administrator;
        expect(await post(`${url}/session`, { userName, password })).toMatchObject({ status: 200 });
      },
      filtered('/var/tmp/filter'),
    );
  });

  test('a package that was altered is refused @packaged', async () => {
    await publish([packageFile('.deb')]);
    expect(await apt('update')).toMatchObject({ code: 0 });
    await withFlippedByte(pool(product.version), async () => {
      const { code, said } = await apt('install', product.id);
      expect(said).toContain('Hash Sum mismatch');
      expect(code).not.toBe(0);
    });
    expect(await installedVersion()).toBe(`ii  ${older}`);
  });

  test('an upgrade replaces every file @packaged', async () => {
    expect(await apt('upgrade')).toMatchObject({ code: 0 });
    expect(await installedVersion()).toBe(`ii  ${product.version}`);
    expect(await root.run(['dpkg', '--verify', product.id])).toEqual({ code: 0, out: '', err: '' });
    expect(await exists(dirname(olderDeb.droppedFile))).toBe(false);
  });

  test('the newer version brings the data up to date and keeps it @packaged', async () => {
    const before = await migrations();
    await withService(root, async (url) => {
      expect(await servedVersion(url)).toBe(product.version);
      expect(await migrations()).toEqual([...before, olderDeb.unknownMigration]);
      const { userName, password } = administrator;
      expect(await post(`${url}/session`, { userName, password })).toMatchObject({ status: 200 });
    });
  });

  test('purging removes the package without the data @packaged', async () => {
    const files = (await root.run(['dpkg', '-L', product.id])).out.split('\n');
    const own = files.filter((file) => file.includes('reset-desk'));
    expect(own.length).toBeGreaterThan(100);
    const { code, said } = await apt('purge', product.id);
    expect(code).toBe(0);
    expect(said).toContain(`The backend's data was kept in ${data}.`);
    expect((await root.run(['ls', '-d', ...own])).out).toBe('');
    expect((await root.run(['ls', '/etc/apparmor.d/reset-desk'])).code).not.toBe(0);
    expect((await root.run(['ls', `${data}/reset-desk.db`])).code).toBe(0);
  });
});
