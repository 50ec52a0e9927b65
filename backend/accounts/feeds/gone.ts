/** What a read tells of accounts that are gone. */
export interface Gone {
  /** The directory names these as gone. */
  readonly keys?: readonly string[];
  /** All keys that the directory has. */
  readonly presentKeys?: ReadonlySet<string> | undefined;
  /** A read of all accounts began at that time, in milliseconds; accounts that it did not contain are gone. */
  readonly notReadSince?: number;
}
