import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import type { Icons } from '../icons.ts';
import { product } from '../identity.ts';
import { run } from '../run.ts';
import { desktopEntry, serviceUnit, sysusersEntry, templateValues } from './files.ts';

const templates = fileURLToPath(new URL('templates/', import.meta.url));

/** Sources of a Linux package. */
export interface LinuxSources {
  /** The application's folder. */
  readonly application: string;
  readonly icons: Icons;
  readonly version: string;
  /** When the version was made: a package of the same sources has the same dates. */
  readonly date: Date;
}

/**
 * A version for dpkg and rpm, which sort `1.2.3~beta.1` before `1.2.3`. dpkg sorts `1.2.3-beta.1` after it, and rpm has no hyphens in versions.
 */
export const packageVersion = (version: string): string => version.replace('-', '~');

/** A template of this folder with its `@NAME@` replaced. Throws on a name without a value. */
export function fillTemplate(
  name: string,
  { version, date }: Pick<LinuxSources, 'version' | 'date'>,
): string {
  const values: Readonly<Record<string, string>> = { ...templateValues(date), VERSION: version };
  return readFileSync(join(templates, name), 'utf8').replace(/@([A-Z]+)@/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${name} names @${key}@, which has no value.`);
    return value;
  });
}

/** Copies the application by hard links, so that several packages of 300 MB cost no time. What a package changes is a copy of its own. */
export async function linkApplication(application: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { recursive: true, force: true });
  await run('cp', ['-al', application, to]);
}

/** Writes a file with its mode, whatever the umask, and the folders above it. A hard link is replaced, not written through. */
export function place(path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  rmSync(path, { force: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
}

/** Lays out the root of an installed system: what `.deb` and `.rpm` have in common. */
export async function layOutRoot(tree: string, kind: 'deb' | 'rpm', sources: LinuxSources): Promise<void> {
  const { application, icons } = sources;
  const { id, backendCommand, linux } = product;
  rmSync(tree, { recursive: true, force: true });
  const folder = join(tree, linux.folder);
  await linkApplication(application, folder);
  // Chromium's sandbox where the kernel gives unprivileged users no namespaces.
  const helper = join(folder, 'chrome-sandbox');
  copyFileSync(helper, `${helper}.copy`);
  rmSync(helper);
  await run('mv', [`${helper}.copy`, helper]);
  chmodSync(helper, 0o4755);
  place(join(folder, 'resources', 'package-type'), kind);
  if (kind === 'deb')
    place(join(folder, 'resources', 'apparmor-profile'), fillTemplate('apparmor-profile', sources));

  const share = join(tree, 'usr', 'share');
  place(join(share, 'applications', `${id}.desktop`), desktopEntry(`${linux.folder}/${id}`));
  for (const pixels of linux.iconSizes)
    place(
      join(share, 'icons', 'hicolor', `${pixels}x${pixels}`, 'apps', `${id}.png`),
      readFileSync(join(icons.folder, `${pixels}x${pixels}.png`)),
    );
  place(join(share, 'icons', 'hicolor', 'scalable', 'apps', `${id}.svg`), readFileSync(icons.svg));
  for (const [page, section] of [
    [id, 1],
    [backendCommand, 8],
  ] as const)
    place(
      join(share, 'man', `man${section}`, `${page}.${section}.gz`),
      gzipSync(fillTemplate(`${page}.${section}`, sources), { level: 9 }),
    );
  const documents = join(share, 'doc', id);
  place(join(documents, 'copyright'), fillTemplate('copyright', sources));
  place(join(documents, 'examples', 'backend.env'), fillTemplate('backend.env', sources));
  place(join(tree, 'usr', 'lib', 'systemd', 'system', `${backendCommand}.service`), serviceUnit());
  place(join(tree, 'usr', 'lib', 'sysusers.d', `${id}.conf`), sysusersEntry());
  const programs = join(tree, 'usr', 'bin');
  mkdirSync(programs, { recursive: true });
  for (const program of [id, backendCommand])
    if (!existsSync(join(programs, program)))
      symlinkSync(`${linux.folder}/${program}`, join(programs, program));
}
