/** Limits on both sides of the API. Lengths are in characters, sizes in bytes. */
export const limits = {
  userName: 120,
  /** A user name, address or number as typed or pasted, with what surrounds it. */
  identifier: 400,
  displayName: 200,
  email: 254,
  phone: 40,
  ticket: 64,
  note: 1000,
  password: 1024,
  /** The secret of a directory's service account, which may be a private key (PEM). */
  directorySecret: 16 * 1024,
  search: 200,
  /** JSON bodies; a stream has a limit of its own. */
  body: 256 * 1024,
  /** JSON bodies of endpoints with `largeBody`. */
  largeBody: 16 * 1024 * 1024,
  /** Accounts of one required reset. */
  requiredResetList: 50_000,
  /** An uploaded account file. */
  importFile: 2 * 1024 * 1024 * 1024,
  /** The part of a file that a preview reads. */
  importPreview: 256 * 1024,
  /** An uploaded workbook, which is read from memory. */
  importWorkbook: 64 * 1024 * 1024,
  /** Characters in one mapped cell of an account file, and in a quoted cell of several lines: an unclosed quote must not make the whole file one row. */
  importRow: 64 * 1024,
} as const;
