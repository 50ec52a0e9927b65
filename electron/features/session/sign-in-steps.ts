import { answerSecondFactor, confirmEnrolment, offerEnrolment } from '../../../shared/api/second-factor.ts';
import { signIn, type NextStep, type SessionTokens } from '../../../shared/api/session.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { SignInResult, Session, SessionServer } from './session.ts';

interface PendingSignIn {
  readonly place: SessionServer;
  readonly remember: boolean;
  /** Stands for the password that was right: the page never sees it. */
  readonly ticket: Secret;
}

/** Signed in, or what is still to do. */
export type FirstStepResult = SignInResult | { readonly step: 'code' | 'enrol' };

export interface SignInSteps {
  readonly signIn: (
    place: SessionServer,
    userName: string,
    password: string,
    remember: boolean,
  ) => Promise<FirstStepResult>;
  /** Goes on from whatever the backend answered to a first step. */
  readonly continueWith: (
    place: SessionServer,
    answer: SessionTokens | NextStep,
    remember: boolean,
  ) => Promise<FirstStepResult>;
  readonly answerCode: (code: string) => Promise<SignInResult>;
  readonly offerEnrolment: () => Promise<{ secret: string; uri: string }>;
  readonly confirmEnrolment: (code: string) => Promise<SignInResult & { recoveryCodes: string[] }>;
  /** Forgets a sign-in that was begun. */
  readonly cancel: () => void;
}

/** A sign-in between its first step and its session. Main keeps the ticket, as it keeps every token. */
export function createSignInSteps({
  api,
  session,
  client,
}: {
  readonly api: ResetApi;
  readonly session: Session;
  readonly client: string;
}): SignInSteps {
  let begun: PendingSignIn | null = null;

  const continueWith: SignInSteps['continueWith'] = async (place, answer, remember) => {
    if (!('step' in answer)) {
      begun = null;
      return session.open(place, answer, remember);
    }
    begun = { place, remember, ticket: new Secret(answer.ticket) };
    return { step: answer.step };
  };
  const current = (): PendingSignIn => {
    if (begun === null) throw new ConsoleFailure('session.ticket-gone');
    return begun;
  };
  const gone = (thrown: unknown): never => {
    if (isFailure(thrown, 'session.ticket-gone')) begun = null;
    throw thrown;
  };

  return {
    continueWith,
    async signIn(place, userName, password, remember) {
      begun = null;
      return continueWith(
        place,
        await api.call(place.baseUrl, signIn, { body: { userName, password, client } }),
        remember,
      );
    },
    async answerCode(code) {
      const { place, ticket, remember } = current();
      const tokens = await api
        .call(place.baseUrl, answerSecondFactor, { body: { ticket: ticket.expose(), code } })
        .catch(gone);
      begun = null;
      return session.open(place, tokens, remember);
    },
    async offerEnrolment() {
      const { place, ticket } = current();
      return api.call(place.baseUrl, offerEnrolment, { body: { ticket: ticket.expose() } }).catch(gone);
    },
    async confirmEnrolment(code) {
      const { place, ticket, remember } = current();
      const { recoveryCodes, ...tokens } = await api
        .call(place.baseUrl, confirmEnrolment, { body: { ticket: ticket.expose(), code } })
        .catch(gone);
      begun = null;
      return { ...(await session.open(place, tokens, remember)), recoveryCodes };
    },
    cancel: () => {
      begun = null;
    },
  };
}
