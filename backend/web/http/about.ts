import type { AboutView } from '../../../shared/api/about.ts';
import { apiVersion, oldestApiVersion } from '../../../shared/api/endpoint.ts';

export interface Described {
  readonly version: string;
  readonly mode: 'embedded' | 'server';
  readonly publicUrl: () => string;
  /** The https address below which consoles find newer versions of themselves. */
  readonly updateFeed: string | null;
  /** Whether there is an operator. */
  readonly isSetUp: () => Promise<boolean>;
  /** The name on the button of the identity provider; null while it is turned off. */
  readonly providerName: () => Promise<string | null>;
  readonly now: () => number;
}

/** What the backend says about itself to anyone who asks. */
export const describeBackend = async ({
  version,
  mode,
  publicUrl,
  updateFeed,
  isSetUp,
  providerName,
  now,
}: Described): Promise<AboutView> => ({
  product: 'Reset Desk',
  version,
  api: apiVersion,
  oldestApi: oldestApiVersion,
  updateFeed,
  mode,
  setup: (await isSetUp()) ? 'ready' : 'needs-first-administrator',
  publicUrl: publicUrl(),
  provider: await providerName(),
  time: new Date(now()).toISOString(),
});
