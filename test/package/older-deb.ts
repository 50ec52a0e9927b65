import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One member of an `ar` archive, the format of a `.deb`: a header of 60 characters, and its bytes padded to an even number. */
function member(name: string, content: Uint8Array): Buffer {
  const header = [
    name.padEnd(16),
    '0'.padEnd(12),
    '0'.padEnd(6),
    '0'.padEnd(6),
    '100644'.padEnd(8),
    String(content.length).padEnd(10),
    '`\n',
  ].join('');
  return Buffer.concat([Buffer.from(header), content, Buffer.from(content.length % 2 === 1 ? '\n' : '')]);
}

/** The members of a `.deb` by name. */
function membersOf(deb: Buffer): ReadonlyMap<string, Buffer> {
  const members = new Map<string, Buffer>();
  for (let at = '!<arch>\n'.length; at < deb.length;) {
    const name = deb.toString('latin1', at, at + 16).trim();
    const length = Number(deb.toString('latin1', at + 48, at + 58));
    members.set(name, deb.subarray(at + 60, at + 60 + length));
    at += 60 + length + (length % 2);
  }
  return members;
}

/** Writes the package again as another version: the same files, another control file. Repacking them would take seconds. */
export function writeOtherVersion(deb: string, version: string, file: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'reset-desk-older-'));
  try {
    const control = join(folder, 'DEBIAN');
    mkdirSync(control);
    execFileSync('dpkg-deb', ['--control', deb, control]);
    const path = join(control, 'control');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
    const archive = execFileSync('tar', ['-cz', '--owner=0', '--group=0', '-C', control, '.'], {
      maxBuffer: 16 * 1024 ** 2,
    });
    const members = membersOf(readFileSync(deb));
    const data = members.get('data.tar.gz');
    if (data === undefined) throw new Error(`${deb} is not packed by gzip, as tests expect.`);
    writeFileSync(
      file,
      Buffer.concat([
        Buffer.from('!<arch>\n'),
        member('debian-binary', Buffer.from('2.0\n')),
        member('control.tar.gz', archive),
        member('data.tar.gz', data),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
