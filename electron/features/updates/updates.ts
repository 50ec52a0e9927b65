import type { UpdateState } from '../../../shared/bridge/update-state.ts';
import {
  feedName,
  signatureName,
  type FeedFile,
  type updateChannels,
  type UpdateFeed,
} from '../../../shared/updates/update-feed.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import type { UpdateHttp } from '../../services/reset-api/update-http.ts';
import type { VerifiedPackage } from '../../services/updates/updater-with-file.ts';
import { verifyFeed } from '../../services/updates/verify-feed.ts';
import { fileFor, isOffered, type SeenFeed } from './judge-feed.ts';

interface Collaborators {
  readonly mode: UpdateState['mode'];
  readonly channel: (typeof updateChannels)[number];
  /** The base address of the feeds: the organisation's, else the server's; null without one. */
  readonly feedUrl: () => string | null;
  /** The Ed25519 key, PEM, that signs feeds; empty in a build that has none. */
  readonly publicKey: string;
  readonly version: string;
  readonly installation: string;
  /** The package that this console can replace, and the computer's architecture. */
  readonly kind: FeedFile['kind'] | null;
  readonly arch: string;
  /** The newest feed of the channel, over restarts. */
  readonly newestSeen: {
    readonly read: () => SeenFeed | null;
    readonly write: (seen: UpdateFeed) => void;
  };
  readonly http: UpdateHttp;
  readonly download: (url: string, file: FeedFile) => Promise<string>;
  /** Prepares the package so that it replaces this version when the console quits. */
  readonly prepare: (verified: VerifiedPackage) => Promise<void>;
  /** Quits, and starts the new version. */
  readonly restart: () => void;
  /** Whether the operator is in the middle of a case. */
  readonly isBusy: () => Promise<boolean>;
  /** The operator may restart into this version now. It was refused before. */
  readonly onFree: (version: string) => void;
  readonly onChange: (state: UpdateState) => void;
  readonly log: Log;
}

/** Checks for newer versions, and downloads and prepares them as the organisation allows. */
export interface Updates {
  readonly state: () => UpdateState;
  /** Never throws: a failure is part of the state. Calls at the same time share one check. */
  readonly check: () => Promise<UpdateState>;
  /** Downloads and prepares the version that is available. */
  readonly fetch: () => Promise<UpdateState>;
  /** Restarts into the prepared version. Throws `update.busy` in the middle of a case, or why the server could not say. */
  readonly restart: () => Promise<void>;
  /** A case has changed: offers a refused restart again if no case is open any more. */
  readonly offerAgain: () => Promise<void>;
}

const folderOf = (base: string, channel: string): string => `${base.replace(/\/+$/, '')}/${channel}/`;

export function createUpdates(options: Collaborators): Updates {
  const { mode, channel, publicKey, version, installation, kind, arch, newestSeen, http, log } = options;
  const blank: UpdateState = {
    mode,
    stage: 'unchecked',
    installed: version,
    version: null,
    notes: null,
    failure: null,
    replacesItself: kind !== null,
  };
  let state: UpdateState = blank;
  let found: { readonly feed: UpdateFeed; readonly base: string } | null = null;
  let running: Promise<UpdateState> | null = null;
  let isRefused = false;

  const settle = (change: Partial<UpdateState>): UpdateState => {
    state = { ...state, failure: null, ...change };
    options.onChange(state);
    return state;
  };
  const fail = (thrown: unknown): UpdateState => {
    if (!isFailure(thrown)) {
      const reference = log.unexpected('update failed', thrown);
      return settle({ stage: 'failed', failure: { code: 'internal.unexpected', reference } });
    }
    const { code, detail } = thrown.failure;
    log.warn('update refused', { code, ...(detail !== undefined && { detail }) });
    return settle({ stage: 'failed', failure: thrown.failure });
  };
  const once = (work: () => Promise<UpdateState>): Promise<UpdateState> =>
    (running ??= work()
      .catch(fail)
      .finally(() => {
        running = null;
      }));

  const readFeed = async (base: string): Promise<UpdateFeed> => {
    const [bytes, signature] = await Promise.all([
      http.readSmall(base + feedName),
      http.readSmall(base + signatureName),
    ]);
    return verifyFeed(bytes, signature.toString('latin1'), publicKey);
  };
  const fetchNow = async (): Promise<UpdateState> => {
    if (found === null) return state;
    const { feed, base } = found;
    const file = fileFor(feed, kind, arch);
    if (file === null) return settle({ replacesItself: false });
    settle({ stage: 'downloading' });
    const path = await options.download(base + file.name, file);
    await options.prepare({ version: feed.version, path, file });
    log.info('update prepared', { version: feed.version });
    return settle({ stage: 'ready' });
  };
  const checkNow = async (): Promise<UpdateState> => {
    if (mode === 'off' || state.stage === 'ready') return state;
    const url = options.feedUrl();
    if (url === null || publicKey === '') return settle({ ...blank, stage: 'no-feed' });
    settle({ stage: 'checking' });
    const base = folderOf(url, channel);
    const feed = await readFeed(base);
    const seen = newestSeen.read();
    const isNew = isOffered(feed, { version, channel, installation, newestSeen: seen });
    if (seen?.version !== feed.version || seen.released !== feed.released) newestSeen.write(feed);
    if (!isNew) {
      found = null;
      return settle({ stage: 'current', version: null, notes: null });
    }
    found = { feed, base };
    const offered = settle({
      stage: 'available',
      version: feed.version,
      notes: feed.notes,
      replacesItself: fileFor(feed, kind, arch) !== null,
    });
    return mode === 'automatic' && offered.replacesItself ? fetchNow() : offered;
  };
  return {
    state: () => state,
    check: () => once(checkNow),
    fetch: () => once(fetchNow),
    restart: async () => {
      if (state.stage !== 'ready') return;
      isRefused = await options.isBusy();
      if (isRefused) throw new ConsoleFailure('update.busy');
      options.restart();
    },
    offerAgain: async () => {
      if (!isRefused || state.version === null) return;
      // Without an answer, the next event asks again.
      if (await options.isBusy().catch(() => true)) return;
      isRefused = false;
      options.onFree(state.version);
    },
  };
}
