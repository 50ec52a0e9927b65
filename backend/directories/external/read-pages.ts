import type { ExternalAccount } from './external-directory.ts';

/** Some of all accounts. */
export interface AccountsPage {
  readonly accounts: readonly ExternalAccount[];
  /** From where another read can continue after this page; null if the directory has no such positions. At most 4,000 characters. */
  readonly position: string | null;
}

/** A read of all accounts that ended early. */
export interface InterruptedRead {
  /** The position of the last page that was applied. */
  readonly position: string | null;
  /** Those of the keys whose accounts it has read. */
  readonly readOf: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Keys in one question about what was read, and in one search of a directory. */
const keysAtOnce = 200;

/** The keys of the pages whose accounts an interrupted read has not read, in pieces for one search each. */
export async function* unreadKeys(
  pages: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  { readOf }: InterruptedRead,
): AsyncGenerator<readonly string[]> {
  let unread: string[] = [];
  for await (const page of pages)
    for (let at = 0; at < page.length; at += keysAtOnce) {
      const keys = page.slice(at, at + keysAtOnce);
      const read = await readOf(keys);
      unread.push(...keys.filter((key) => !read.has(key)));
      if (unread.length < keysAtOnce) continue;
      yield unread.slice(0, keysAtOnce);
      unread = unread.slice(keysAtOnce);
    }
  for (let at = 0; at < unread.length; at += keysAtOnce) yield unread.slice(at, at + keysAtOnce);
}
