import type { SessionTokens } from '../../shared/api/session.ts';
import { deskOf } from './desk-call.ts';
import { startTestBackend, type Original, type TestBackendOptions } from './start-test-backend.ts';

async function setUp(mailUrl?: string, options?: TestBackendOptions) {
  const backend = await startTestBackend(mailUrl, options);
  const tokens = await backend.setUp();
  const desk = deskOf(backend.ask, tokens.accessToken);
  await desk.call('POST', '/imports/samples', {});
  return { backend, tokens, desk };
}

async function makeOriginal(): Promise<Original & { readonly tokens: SessionTokens }> {
  const { backend, tokens } = await setUp();
  return { ...(await backend.freeze()), tokens };
}
let original: ReturnType<typeof makeOriginal> | undefined;

/**
 * The desk with which most tests begin: with an administrator who has just signed in, and the sample accounts. It was set up once by ordinary calls,
 * and is copied for each test.
 */
export async function startDeskWithSamples(mailUrl?: string, options: TestBackendOptions = {}) {
  // A session on the tests' clock has long expired by the real one.
  if (options.realTime === true) return setUp(mailUrl, options);
  original ??= makeOriginal();
  const { tokens, ...from } = await original;
  const backend = await startTestBackend(mailUrl, { ...options, from });
  return { backend, tokens, desk: deskOf(backend.ask, tokens.accessToken) };
}
