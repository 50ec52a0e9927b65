import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { ManagedLayer } from './managed-layer.ts';

/** Bytes; all settings together take less than one kibibyte. */
const maxBytes = 64 * 1024;
const groupOrOthersWrite = 0o022;

type Problem = Extract<ManagedLayer, { problem: string }>['problem'];

class PolicyRefused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem);
    this.problem = problem;
  }
}

function assertOnlyRootWrites({ uid, mode }: Stats, owners: readonly number[]): void {
  if (!owners.includes(uid)) throw new PolicyRefused('not-root');
  if ((mode & groupOrOthersWrite) !== 0) throw new PolicyRefused('writable');
}

function readWhole(path: string, owners: readonly number[]): string {
  // Opens without blocking, which opening a pipe would otherwise do.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size > maxBytes) throw new PolicyRefused('unreadable');
    assertOnlyRootWrites(found, owners);
    // A user who can write to the folder can replace the file.
    assertOnlyRootWrites(statSync(dirname(realpathSync(path))), owners);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;

function parseObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    throw new PolicyRefused('not-json');
  }
}

/**
 * Reads the managed settings of a file that only `owners` (user ids) can change; null if there is no such file. A file that others can change is
 * refused as a whole.
 */
export function readPolicyFile(path: string, owners: readonly number[] = [0]): ManagedLayer | null {
  try {
    const entries = Object.entries(parseObject(readWhole(path, owners)));
    // Names the schema to editors.
    return { place: path, values: Object.fromEntries(entries.filter(([name]) => name !== '$schema')) };
  } catch (thrown) {
    if (thrown instanceof PolicyRefused) return { place: path, problem: thrown.problem };
    const code = codeOf(thrown);
    // A link to a file that is gone, such as one on a drive that is not mounted, is not the absence of settings.
    const isMissing =
      (code === 'ENOENT' && lstatSync(path, { throwIfNoEntry: false }) === undefined) || code === 'ENOTDIR';
    return isMissing ? null : { place: path, problem: 'unreadable' };
  }
}
