import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodePlatform, type Processor, type Target } from './identity.ts';
import { run } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Installs the production modules for another system or processor into a folder, from the project's lock file, without running their scripts. */
async function installModules({ platform }: Target, arch: Processor, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(root, name), join(folder, name));
  const system = [
    `--os=${nodePlatform[platform]}`,
    `--cpu=${arch}`,
    ...(platform === 'linux' ? ['--libc=glibc'] : []),
  ];
  await run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', ...system], {
    cwd: folder,
  });
}

/**
 * Prepares the folder that electron-builder packs for another system, or for two processors at once: the built product with the modules for the
 * target. Answers the folder.
 */
export async function stageProject(target: Target, folder: string): Promise<string> {
  const [first = 'x64', ...others]: readonly Processor[] =
    target.arch === 'universal' ? ['arm64', 'x64'] : [target.arch];
  await installModules(target, first, folder);
  for (const arch of others) {
    const other = `${folder}-${arch}`;
    await installModules(target, arch, other);
    for (const scope of ['@libsql', '@node-rs'])
      for (const name of readdirSync(join(other, 'node_modules', scope))) {
        const to = join(folder, 'node_modules', scope, name);
        if (!existsSync(to)) cpSync(join(other, 'node_modules', scope, name), to, { recursive: true });
      }
    rmSync(other, { recursive: true });
  }
  for (const part of ['main', 'preload', 'renderer', 'backend'])
    cpSync(join(root, 'out', part), join(folder, 'out', part), { recursive: true });
  return folder;
}
