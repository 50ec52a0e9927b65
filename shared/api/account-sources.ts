import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { typedLine, typedName, typedNote } from './typed-text.ts';

const right = 'directories.configure';
const scope = { by: 'everything' } as const;

/** The maximum validity of a token in days. */
export const longestTokenDays = 365;

/** The path at which SCIM clients reach a source, below the public URL. */
export const scimPath = (sourceId: string): string => `/scim/v2/${sourceId}`;
/** The path for a source's file uploads, below the public URL. */
export const feedPath = (sourceId: string): string => `/feeds/v1/${sourceId}`;
/** The folder of a source's files, within the data folder. */
export const feedFolder = (sourceId: string): string => `feeds/${sourceId}`;

/**
 * `agreed`: approved and not shown yet. `in-use`: shown and valid. An approved token expires unless it is shown within three days.
 */
export const sourceTokenStates = ['agreed', 'in-use', 'expired', 'revoked'] as const;

/** The results of reading a file. `waiting`: an administrator must decide, because the file would change many accounts. */
export const feedOutcomes = ['imported', 'waiting', 'cancelled', 'failed'] as const;

/** The reasons why a file was not imported. */
export const feedFaults = [
  'mapping-unknown',
  'columns-missing',
  'kind-unknown',
  'changed-while-read',
  /** The server may not open the file, or its disk fails. It is read once that is mended. */
  'unreadable',
  'import-failed',
] as const;
export type FeedFault = (typeof feedFaults)[number];

/** A file that was read, and the result of its import. */
export const feedRun = z.object({
  /** The file's import, by which an administrator confirms or cancels it; null if no import was started. */
  importId: z.string().nullable(),
  fileName: z.string(),
  at: z.iso.datetime(),
  outcome: z.enum(feedOutcomes),
  fault: z.enum(feedFaults).nullable(),
  created: z.int(),
  changed: z.int(),
  held: z.int(),
  closed: z.int(),
  refused: z.int(),
});

/** The file settings of a source. */
export const fileFeed = z.object({
  enabled: z.boolean(),
  /** Whether each file contains every account of the source. Accounts missing from it are closed. */
  complete: z.boolean(),
  /** Since when the server cannot list the folder; null while it can. */
  unlistedSince: z.iso.datetime().nullable(),
  /** The folder on the server, within the data folder. */
  folder: z.string(),
  /** The address for uploads with a token of the source. */
  uploadUrl: z.string(),
  /** Newest first. */
  runs: z.array(feedRun),
});
export type FileFeed = z.infer<typeof fileFeed>;

/** A token of a source. The Reset API returns its value once and stores only a hash. */
export const sourceToken = z.object({
  id: z.string(),
  label: z.string(),
  state: z.enum(sourceTokenStates),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** The end of its validity, or of the period in which an approved token can be shown. */
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** Whether the operator of this request requested the token. Only that operator can show it. */
  own: z.boolean(),
});
export type SourceToken = z.infer<typeof sourceToken>;

/** A system that supplies accounts to the built-in directory. */
export const accountSource = z.object({
  id: z.string(),
  /** Also the `source` of the system's imports. IDs and missing accounts are compared within it. */
  name: z.string(),
  /** The base address for SCIM. */
  scimUrl: z.string(),
  feed: fileFeed,
  /** Accounts of the source that are not closed. */
  accounts: z.int(),
  tokens: z.array(sourceToken),
  /** The time of the source's last change by SCIM. */
  changedAt: z.iso.datetime().nullable(),
  /** The time since which changes are refused, because there were too many within an hour; null if they are not. */
  heldSince: z.iso.datetime().nullable(),
  /** The time until which an administrator allows any number of changes; null if there is none. */
  allowedUntil: z.iso.datetime().nullable(),
});
export type AccountSource = z.infer<typeof accountSource>;

const bySource = z.object({ sourceId: z.string().min(1).max(100) });
const byToken = bySource.extend({ tokenId: z.string().min(1).max(100) });

export const listAccountSources = endpoint({
  id: 'listAccountSources',
  method: 'GET',
  path: '/account-sources',
  summary: 'List the systems that supply accounts to the built-in directory',
  right,
  scope,
  bridge: 'sources.list',
  answer: z.object({ sources: z.array(accountSource) }),
  errors: [],
});

export const addAccountSource = endpoint({
  id: 'addAccountSource',
  method: 'POST',
  path: '/account-sources',
  summary: 'Add a system that supplies accounts to the built-in directory',
  right,
  scope,
  proof: 'recent',
  protected: { by: 'nothing', because: 'a source without a token cannot supply accounts' },
  bridge: 'sources.add',
  body: z.object({ name: typedName(60) }),
  answer: accountSource,
  errors: ['account-source.name-taken', 'request.invalid'],
});

export const removeAccountSource = endpoint({
  id: 'removeAccountSource',
  method: 'DELETE',
  path: '/account-sources/:sourceId',
  summary: 'Remove a source: its tokens are revoked, and its accounts stay as they are',
  right,
  scope,
  proof: 'recent',
  protected: { by: 'nothing', because: 'it takes access away, and changes no account' },
  bridge: 'sources.remove',
  params: bySource,
  answer: z.object({}),
  errors: ['account-source.not-found'],
});

export const addSourceToken = endpoint({
  id: 'addSourceToken',
  method: 'POST',
  path: '/account-sources/:sourceId/tokens',
  summary: 'Approve a token of a source; issueSourceToken returns its value',
  right,
  scope,
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'sources.addToken',
  params: bySource,
  body: z.object({ label: typedLine(60).min(1), days: z.int().min(1).max(longestTokenDays) }),
  answer: sourceToken,
  errors: ['account-source.not-found', 'request.invalid'],
});

export const issueSourceToken = endpoint({
  id: 'issueSourceToken',
  method: 'POST',
  path: '/account-sources/:sourceId/tokens/:tokenId/value',
  summary: 'Create the value of an approved token, once, for the operator who requested the token',
  right,
  scope,
  proof: 'recent',
  protected: { by: 'nothing', because: 'the token was approved when it was added' },
  bridge: 'sources.issueToken',
  params: byToken,
  answer: z.object({ value: z.string(), expiresAt: z.iso.datetime() }),
  secret: true,
  errors: [
    'account-source.not-found',
    'source-token.not-found',
    'source-token.settled',
    'source-token.not-yours',
  ],
});

export const revokeSourceToken = endpoint({
  id: 'revokeSourceToken',
  method: 'DELETE',
  path: '/account-sources/:sourceId/tokens/:tokenId',
  summary: 'Revoke a token of a source; calls with it are refused from now on',
  right,
  scope,
  protected: { by: 'nothing', because: 'it takes access away' },
  bridge: 'sources.revokeToken',
  params: byToken,
  answer: sourceToken,
  errors: ['account-source.not-found', 'source-token.not-found', 'source-token.settled'],
});

export const changeSourceFeed = endpoint({
  id: 'changeSourceFeed',
  method: 'PUT',
  path: '/account-sources/:sourceId/feed',
  summary: 'Turn the reading of a source’s files on or off, and set whether they are complete',
  right,
  scope,
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'sources.changeFeed',
  params: bySource,
  body: fileFeed.pick({ enabled: true, complete: true }),
  answer: accountSource,
  errors: ['account-source.not-found', 'request.invalid'],
});

export const allowSourceChanges = endpoint({
  id: 'allowSourceChanges',
  method: 'POST',
  path: '/account-sources/:sourceId/allow',
  summary: 'Allow a source any number of changes for some hours',
  right,
  scope,
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'sources.allow',
  params: bySource,
  body: z.object({ hours: z.int().min(1).max(24), reason: typedNote(500).min(1) }),
  answer: accountSource,
  errors: ['account-source.not-found', 'request.invalid'],
});
