import { timingSafeEqual, createHash } from 'node:crypto';
import { apiVersion } from '../../shared/api/endpoint.ts';
import type { Operators } from '../operators/operators.ts';
import type { Sessions } from '../operators/sessions.ts';
import { Refusal } from '../refusal.ts';
import type { Handlers } from './handler.ts';

type Names = 'getAbout' | 'setUp' | 'signIn' | 'refreshSession' | 'reauthenticate' | 'getSession' | 'signOut';

interface Collaborators {
  readonly operators: Operators;
  readonly sessions: Sessions;
  /** The one-time code that lets the first administrator in. */
  readonly setupCode: string;
  readonly about: {
    readonly version: string;
    readonly mode: 'embedded' | 'server';
    readonly publicUrl: () => string;
  };
  readonly now: () => number;
}

// Hashed, so that lengths are equal and comparing tells nothing.
const same = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
};

/** What answers here, the first administrator, and the operator's session over HTTP. */
export function createSessionHandlers({
  operators,
  sessions,
  setupCode,
  about,
  now,
}: Collaborators): Handlers<Names> {
  return {
    getAbout: async () => ({
      product: 'Reset Desk',
      version: about.version,
      api: apiVersion,
      mode: about.mode,
      setup: (await operators.any()) ? 'ready' : 'needs-first-administrator',
      publicUrl: about.publicUrl(),
      time: new Date(now()).toISOString(),
    }),
    setUp: async ({ body: { setupCode: given, ...person }, origin }) => {
      if (await operators.any()) throw new Refusal('setup.already-done');
      if (!same(given.trim(), setupCode)) throw new Refusal('setup.code-wrong');
      return sessions.open(await operators.createFirstAdministrator(person, origin), origin);
    },
    signIn: async ({ body: { userName, password, client }, origin }) => {
      if (!(await operators.any())) throw new Refusal('setup.required');
      const from = { ...origin, client: client ?? origin.client };
      return sessions.open(await operators.authenticate(userName, password, 'sign-in', from), from);
    },
    refreshSession: ({ body, origin }) => sessions.refresh(body.refreshToken, origin),
    reauthenticate: ({ body, origin }) =>
      sessions.reauthenticate(
        body.refreshToken,
        (name) => operators.authenticate(name, body.password, 'again', origin),
        origin,
      ),
    getSession: ({ session }) => sessions.view(session),
    signOut: async ({ session, origin }) => {
      await sessions.end(session, origin);
      return {};
    },
  };
}
