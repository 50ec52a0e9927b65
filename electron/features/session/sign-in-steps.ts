import { answerSecondFactor, confirmEnrolment, offerEnrolment } from '../../../shared/api/second-factor.ts';
import { signIn, type NextStep, type SessionTokens } from '../../../shared/api/session.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import type { Session, SessionServer, SignInResult } from './session.ts';

interface PendingSignIn {
  readonly server: SessionServer;
  readonly remember: boolean;
  /** Proves to the backend that the first step succeeded. It never leaves main. */
  readonly ticket: Secret;
}

/** A complete sign-in, or the step that is still to do. */
export type FirstStepResult = SignInResult | { readonly step: 'code' | 'enrol' };

/** A sign-in between its first step and its session. Later steps throw `session.ticket-gone` without a first one. */
export interface SignInSteps {
  readonly signIn: (
    server: SessionServer,
    userName: string,
    password: string,
    remember: boolean,
  ) => Promise<FirstStepResult>;
  /** Continues from the backend's answer to any first step. */
  readonly continueWith: (
    server: SessionServer,
    answer: SessionTokens | NextStep,
    remember: boolean,
  ) => Promise<FirstStepResult>;
  readonly answerCode: (code: string) => Promise<SignInResult>;
  readonly offerEnrolment: () => Promise<{ secret: string; uri: string }>;
  readonly confirmEnrolment: (code: string) => Promise<SignInResult & { recoveryCodes: string[] }>;
  readonly cancel: () => void;
}

export function createSignInSteps({
  api,
  session,
  client,
}: {
  readonly api: ResetApi;
  readonly session: Session;
  readonly client: string;
}): SignInSteps {
  let pending: PendingSignIn | null = null;

  const continueWith: SignInSteps['continueWith'] = async (server, answer, remember) => {
    if (!('step' in answer)) {
      pending = null;
      return session.open(server, answer, remember);
    }
    pending = { server, remember, ticket: new Secret(answer.ticket) };
    return { step: answer.step };
  };
  const current = (): PendingSignIn => {
    if (pending === null) throw new ConsoleFailure('session.ticket-gone');
    return pending;
  };
  const forgetIfGone = (thrown: unknown): never => {
    if (isFailure(thrown, 'session.ticket-gone')) pending = null;
    throw thrown;
  };

  return {
    continueWith,
    async signIn(server, userName, password, remember) {
      pending = null;
      const answer = await api.call(server.baseUrl, signIn, { body: { userName, password, client } });
      return continueWith(server, answer, remember);
    },
    async answerCode(code) {
      const { server, ticket, remember } = current();
      const tokens = await api
        .call(server.baseUrl, answerSecondFactor, { body: { ticket: ticket.expose(), code } })
        .catch(forgetIfGone);
      pending = null;
      return session.open(server, tokens, remember);
    },
    async offerEnrolment() {
      const { server, ticket } = current();
      return api
        .call(server.baseUrl, offerEnrolment, { body: { ticket: ticket.expose() } })
        .catch(forgetIfGone);
    },
    async confirmEnrolment(code) {
      const { server, ticket, remember } = current();
      const { recoveryCodes, ...tokens } = await api
        .call(server.baseUrl, confirmEnrolment, { body: { ticket: ticket.expose(), code } })
        .catch(forgetIfGone);
      pending = null;
      return { ...(await session.open(server, tokens, remember)), recoveryCodes };
    },
    cancel: () => {
      pending = null;
    },
  };
}
