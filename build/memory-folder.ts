import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';

const shared = '/dev/shm';
/** The type of an in-memory file system, as `statfs` reports it. */
const tmpfs = 0x01_02_19_94;
/** Bytes. Several times the most that the tests have used at once. */
const enough = 2 * 1024 ** 3;

/**
 * A folder in memory, removed when this process ends; null if the system has none with enough room. The backend syncs every commit to the disk, which
 * is most of what a test with a database waits for, and no test simulates a power failure of this computer.
 */
export function memoryFolder(): string | null {
  if (!existsSync(shared)) return null;
  const { type, bavail, bsize } = statfsSync(shared);
  if (type !== tmpfs || bavail * bsize < enough) return null;
  const folder = mkdtempSync(`${shared}/reset-desk-tests-`);
  // PostgreSQL, which does not run as root, has to get through.
  chmodSync(folder, 0o711);
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  return folder;
}
