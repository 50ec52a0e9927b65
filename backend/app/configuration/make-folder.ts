import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { WrongConfiguration } from './start-fault.ts';

/** Undefined if there is nothing with this path. */
const isFolder = (path: string): boolean | undefined =>
  existsSync(path) ? statSync(path).isDirectory() : undefined;

function explained(path: string, thrown: unknown): Error {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason';
  const message = `The folder ${path} cannot be created (${code}). Name a folder that the backend's user can create.`;
  // The system's own folders deny that they could have this one. Everything else can change, like a full disk.
  return code === 'ENOENT'
    ? new WrongConfiguration(message, { cause: thrown })
    : new Error(message, { cause: thrown });
}

/**
 * Creates a folder and its parents, readable by their owner alone. Throws if another file is in the way. `mkdir` with `recursive` would never return
 * for a folder below `/proc`, where the system denies the existence of the folder that is to be created.
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  const found = isFolder(path);
  if (found === true) return;
  if (found === false) throw new WrongConfiguration(`${path} is not a folder. Name a folder.`);
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    // Another process was faster.
    if (isFolder(path) === true) return;
    throw explained(path, thrown);
  }
}
