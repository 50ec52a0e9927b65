import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const packages =
  'libnss3 libgtk-3-0 libasound2 libgbm1 libxss1 libxtst6 libatspi2.0-0 libdrm2 libnotify4 libsecret-1-0'.split(
    ' ',
  );

const missingFor = (executable: string): string[] => {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name);
};

/**
 * Makes sure that Electron's system libraries are installed. As root on Debian or Ubuntu it installs them and reports it; otherwise it throws with
 * the command that installs them.
 */
export function needLibraries(executable: string, say: (line: string) => void = console.log): void {
  if (process.platform !== 'linux') return;
  const virtual =
    (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') === '' ? ['xvfb', 'xauth'] : [];
  const withoutDisplay = virtual.length > 0 && spawnSync('sh', ['-c', 'command -v xvfb-run']).status !== 0;
  const missing = missingFor(executable);
  if (missing.length === 0 && !withoutDisplay) return;
  const what =
    missing.length > 0 ? `Electron misses ${missing.slice(0, 3).join(', ')}` : 'There is no display';
  install(what, [...packages, ...virtual], say);
  const still = missingFor(executable);
  if (still.length > 0) throw new Error(`Electron still misses ${still.join(', ')}.`);
}

/** Programs that tests use besides Electron, and the packages that bring them. */
const testPrograms: Readonly<Record<string, string>> = {
  'dbus-run-session': 'dbus',
  dunst: 'dunst',
  rpmbuild: 'rpm',
  'apt-ftparchive': 'apt-utils',
  gpg: 'gnupg',
  fusermount3: 'fuse3',
  buildah: 'buildah',
  bwrap: 'bubblewrap',
  mksquashfs: 'squashfs-tools',
  lintian: 'lintian',
  'desktop-file-validate': 'desktop-file-utils',
  'gnome-keyring-daemon': 'gnome-keyring',
  'chromium-headless-shell': 'chromium-headless-shell',
  pg_ctlcluster: 'postgresql',
  rsyslogd: 'rsyslog-gnutls',
};

/** The same for the programs of the tests: a keyring on a session bus, a browser for the users' pages, a database server. */
export function needTestPrograms(say: (line: string) => void = console.log): void {
  if (process.platform !== 'linux') return;
  const missing = Object.entries(testPrograms).filter(
    ([program]) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
  );
  if (missing.length === 0) return;
  install(
    `Tests need ${missing.map(([program]) => program).join(', ')}`,
    missing.map(([, name]) => name),
    say,
  );
}

function install(what: string, wanted: readonly string[], say: (line: string) => void): void {
  const command = `apt-get install -y --no-install-recommends ${wanted.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`${what}. Run: sudo ${command}`);
  say(`${what}. Installing: ${wanted.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  if (status !== 0) throw new Error(`${what}. Run: ${command}`);
}
