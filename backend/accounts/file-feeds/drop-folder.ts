import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { feedFolder } from '../../../shared/api/account-sources.ts';

/** A file that has stopped growing. */
export interface DroppedFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** The time of its last change in milliseconds since 1970. */
  readonly changedAt: number;
}

/** Names that programs give to files while they write them. */
const unfinished = /^\.|~$|\.(?:tmp|temp|part|partial|filepart|crdownload|swp|lock)$/iu;
/** The maximum length of an uploaded file's name in bytes. File systems permit 255. */
const maxNameBytes = 200;

/** An upload's name in the folder. Every character that is not permitted becomes a dash, and no name looks unfinished. */
function nameOf(given: string): string {
  const name = Buffer.from(given)
    .subarray(-maxNameBytes)
    .toString()
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^\.+/u, '');
  if (name === '') return 'upload.csv';
  return unfinished.test(name) ? `${name}.csv` : name;
}

/** Null if the file was removed. */
const statsOf = (path: string): Promise<Stats | null> =>
  lstat(path).catch((thrown: unknown) => {
    if (isMissing(thrown)) return null;
    throw thrown;
  });

/** Whether an error means that a file does not exist. */
export const isMissing = (thrown: unknown): boolean =>
  (thrown as { readonly code?: unknown } | null)?.code === 'ENOENT';

/** The folders in which sources drop files. Reads regular files only and follows no links. */
export function createDropFolder(dataFolder: string) {
  /** For each source, the size and the time of change of its files at the last poll, by name. */
  const seen = new Map<string, ReadonlyMap<string, string>>();
  const folderOf = (sourceId: string): string => join(dataFolder, feedFolder(sourceId));

  return {
    /** The files that have not changed since the last poll, oldest first. Creates the folder if it is missing. */
    async settled(sourceId: string): Promise<DroppedFile[]> {
      const folder = folderOf(sourceId);
      await mkdir(folder, { recursive: true, mode: 0o770 });
      const files: DroppedFile[] = [];
      const before = seen.get(sourceId);
      const states = new Map<string, string>();
      for (const name of await readdir(folder)) {
        if (unfinished.test(name)) continue;
        const path = join(folder, name);
        const stats = await statsOf(path);
        if (stats?.isFile() !== true || stats.size === 0) continue;
        const state = `${stats.size} ${stats.mtimeMs} ${stats.ino}`;
        states.set(name, state);
        if (before?.get(name) === state)
          files.push({ name, path, size: stats.size, changedAt: stats.mtimeMs });
      }
      seen.set(sourceId, states);
      return files.toSorted((one, other) => one.changedAt - other.changedAt);
    },
    /** Whether a file is unchanged. */
    async isSame({ path, size, changedAt }: DroppedFile): Promise<boolean> {
      const stats = await statsOf(path);
      return stats?.size === size && stats.mtimeMs === changedAt;
    },
    /** SHA-256 in hex. */
    async digest({ path }: DroppedFile): Promise<string> {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
      return hash.digest('hex');
    },
    /** The first bytes. */
    async head({ path }: DroppedFile, bytes: number): Promise<Buffer> {
      const file = await open(path, 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    read: ({ path }: DroppedFile): Readable => createReadStream(path),
    /** Stores an upload and answers its name. The file appears in the folder only once it is complete. */
    async keep(sourceId: string, name: string, bytes: Readable): Promise<string> {
      const folder = folderOf(sourceId);
      await mkdir(folder, { recursive: true, mode: 0o770 });
      const kept = nameOf(name);
      const path = join(folder, `.${randomUUID()}.part`);
      try {
        await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
        await rename(path, join(folder, kept));
      } catch (thrown) {
        await rm(path, { force: true });
        throw thrown;
      }
      return kept;
    },
  };
}
export type DropFolder = ReturnType<typeof createDropFolder>;
