import type * as aboutApi from '../../../shared/api/about.ts';
import { exposeAll } from '../../../shared/secret/secret.ts';
import { readToken } from '../../../shared/typed/token.ts';
import type * as secondFactorApi from '../../../shared/api/second-factor.ts';
import type * as sessionApi from '../../../shared/api/session.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { timingSafeEqual, createHash } from 'node:crypto';
import type { Operators } from '../../operators/operators.ts';
import type { ProviderSignIn } from '../../operators/provider/provider-sign-in.ts';
import type { SecondFactor } from '../../operators/second-factor/second-factor.ts';
import type { SignIn } from '../../operators/sign-in.ts';
import type { Sessions } from '../../operators/sessions.ts';
import { Refusal } from '../../refusal.ts';
import { describeBackend, type Described } from './about.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly operators: Operators;
  readonly sessions: Sessions;
  readonly steps: SignIn;
  readonly secondFactor: SecondFactor;
  readonly providerSignIn: ProviderSignIn;
  /** The single-use code with which the first administrator sets up the backend. */
  readonly setupCode: Secret;
  readonly about: Pick<Described, 'version' | 'mode' | 'publicUrl' | 'updateFeed'>;
  readonly now: () => number;
}

// Hashed to equal lengths, so that the time of the comparison reveals nothing.
const equalInConstantTime = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
};

/** The backend's description, its setup and the operators' sessions, over HTTP. */
export function createSessionHandlers({
  operators,
  sessions,
  steps,
  secondFactor,
  providerSignIn,
  setupCode,
  about,
  now,
}: Collaborators): Handlers<typeof aboutApi & typeof secondFactorApi & typeof sessionApi> {
  return {
    getAbout: () =>
      describeBackend({ ...about, isSetUp: operators.any, providerName: providerSignIn.name, now }),
    setUp: async ({ body: { setupCode: given, ...person }, origin }) => {
      if (await operators.any()) throw new Refusal('setup.already-done');
      if (!equalInConstantTime(readToken(given), setupCode.expose())) throw new Refusal('setup.code-wrong');
      return sessions.open(await operators.createFirstAdministrator(person, origin), origin);
    },
    signIn: async ({ body: { userName, password, client }, origin }) => {
      if (!(await operators.any())) throw new Refusal('setup.required');
      const from = { ...origin, client: client ?? origin.client };
      const operator = await operators.authenticate(userName, password, 'sign-in', from);
      return steps.begin(operator, operator.directory_key === null ? 'password' : 'directory', from);
    },
    answerSecondFactor: ({ body, origin }) => steps.answer(body.ticket, body.code, origin),
    offerEnrolment: async ({ body }) => {
      const { secret, uri } = await steps.offer(body.ticket);
      return { secret: secret.expose(), uri: uri.expose() };
    },
    confirmEnrolment: async ({ body, origin }) => {
      const { recoveryCodes, ...tokens } = await steps.confirm(body.ticket, body.code, origin);
      return { ...tokens, recoveryCodes: exposeAll(recoveryCodes) };
    },
    refreshSession: ({ body, origin }) => sessions.refresh(body.refreshToken, origin),
    reauthenticate: ({ body, origin }) =>
      sessions.reauthenticate(
        body.refreshToken,
        (operator, sessionId) =>
          'password' in body
            ? operators.authenticate(operator.user_name, body.password, { sessionId }, origin)
            : secondFactor.prove(
                operator.id,
                body.code,
                { sessionId },
                { ...origin, actor: { kind: 'operator', id: operator.id, name: operator.display_name } },
                // The change of the session follows, with its own event.
                (_tx, record, factor) => record({ action: 'operator.reauthenticated', facts: { factor } }),
              ),
        origin,
      ),
    getSession: ({ session }) => sessions.view(session),
    signOut: async ({ session, origin }) => {
      await sessions.end(session, origin);
      return {};
    },
  };
}
