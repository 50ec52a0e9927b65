import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A user id that no system has: neither root nor in any group. The root has a name for it, which FUSE requires. */
export const plainUser = 23_456;

interface CommandOptions {
  /** The default is root. */
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** How a command ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A copy of this system, of which a test may change everything without affecting the system itself. */
export interface ThrowawayRoot {
  /** Runs a command to its end, while servers of the test keep running. */
  readonly run: (command: readonly string[], options?: CommandOptions) => Promise<Ended>;
  /** Starts a command that keeps running; the signal `SIGTERM` stops it. */
  readonly start: (command: readonly string[], options?: CommandOptions) => ChildProcess;
  /** Writes a file as root; the folders above it must exist. */
  readonly write: (path: string, content: string | Uint8Array) => void;
  readonly stop: () => void;
}

/** Devices that programs need; `fuse` for everyone, as udev makes it on a desktop. */
const devices = ['null 1 3', 'zero 1 5', 'full 1 7', 'random 1 8', 'urandom 1 9', 'tty 5 0', 'fuse 10 229'];

const setUp = `
set -e
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
mount -t proc proc "$1/root/proc"
mount -t tmpfs tmpfs "$1/root/dev"
mkdir -m 1777 "$1/root/dev/shm"
mkdir "$1/root/dev/pts"
while read -r name major minor; do mknod -m 666 "$1/root/dev/$name" c "$major" "$minor"; done <<END
${devices.join('\n')}
END
ln -s /proc/self/fd "$1/root/dev/fd"
echo 'plain:x:${plainUser}:${plainUser}::/nonexistent:/bin/sh' >>"$1/root/etc/passwd"
[ ! -d /tmp/.X11-unix ] || mount --bind /tmp/.X11-unix "$1/root/tmp/.X11-unix"
cd "$1/root"
# A process in a chroot may not make user namespaces, so the layer becomes the namespace's own root.
pivot_root . .
umount -l .
echo ready
exec cat
`;

/**
 * Lays a writable layer over this system, in a mount namespace of its own; it ends with `stop`. Returns the reason if the kernel refuses, as in most
 * containers.
 */
export async function startThrowawayRoot(): Promise<ThrowawayRoot | { readonly refused: string }> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { refused: 'Root on Linux is needed for mounts.' };
  // A memory file system cannot hold the setuid sandbox helper.
  const folder = mkdtempSync('/var/tmp/reset-desk-root-');
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name));
  const holder = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', setUp, 'sh', folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const refused = await new Promise<string | null>((resolve) => {
    let errors = '';
    holder.stderr.on('data', (chunk) => (errors += String(chunk)));
    holder.stdout.once('data', () => resolve(null));
    holder.once('exit', () => resolve(`The kernel refuses a layer over the system: ${errors.trim()}`));
  });
  if (refused !== null) {
    rmSync(folder, { recursive: true, force: true });
    return { refused };
  }
  const within = (command: readonly string[], uid: number): readonly string[] => [
    '--mount',
    `--target=${holder.pid}`,
    ...(uid === 0 ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']),
    ...command,
  ];
  const environment = (env: Readonly<Record<string, string>> = {}) => ({
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    HOME: '/root',
    DEBIAN_FRONTEND: 'noninteractive',
    ...env,
  });
  return {
    run: async (command, { uid = 0, env } = {}) => {
      const child = spawn('nsenter', within(command, uid), {
        env: environment(env),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ended = { out: '', err: '' };
      child.stdout.on('data', (chunk) => (ended.out += String(chunk)));
      child.stderr.on('data', (chunk) => (ended.err += String(chunk)));
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, ...ended };
    },
    start: (command, { uid = 0, env } = {}) =>
      spawn('nsenter', within(command, uid), { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] }),
    write: (path, content) => {
      execFileSync('nsenter', within(['tee', path], 0), {
        input: content,
        env: environment(),
        stdio: ['pipe', 'ignore', 'inherit'],
      });
    },
    stop: () => {
      holder.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder for a plain user, with the right to the display; answers what a program needs to find both. */
export async function homeOf(root: ThrowawayRoot, name: string): Promise<Readonly<Record<string, string>>> {
  const home = `/var/tmp/${name}`;
  const authority = process.env['XAUTHORITY'];
  await root.run(['mkdir', home]);
  if (authority !== undefined) root.write(`${home}/xauthority`, readFileSync(authority));
  await root.run(['chown', '-R', `${plainUser}:${plainUser}`, home]);
  return {
    HOME: home,
    DISPLAY: process.env['DISPLAY'] ?? '',
    ...(authority !== undefined && { XAUTHORITY: `${home}/xauthority` }),
    RESET_DESK_USER_DATA: `${home}/data`,
  };
}
