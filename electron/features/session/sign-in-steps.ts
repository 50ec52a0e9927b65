import { answerSecondFactor, confirmEnrolment, offerEnrolment } from '../../../shared/api/second-factor.ts';
import { signIn, type NextStep, type SessionTokens } from '../../../shared/api/session.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { Entered, Session, SessionPlace } from './session.ts';

interface Begun {
  readonly place: SessionPlace;
  readonly remember: boolean;
  /** Stands for the password that was right: the page never sees it. */
  readonly ticket: Secret;
}

/** Signed in, or what is still to do. */
export type AfterFirstStep = Entered | { readonly step: 'code' | 'enrol' };

export interface SignInSteps {
  readonly password: (
    place: SessionPlace,
    userName: string,
    password: string,
    remember: boolean,
  ) => Promise<AfterFirstStep>;
  /** Goes on from whatever the backend answered to a first step. */
  readonly goOn: (
    place: SessionPlace,
    answer: SessionTokens | NextStep,
    remember: boolean,
  ) => Promise<AfterFirstStep>;
  readonly code: (code: string) => Promise<Entered>;
  readonly offer: () => Promise<{ secret: string; uri: string }>;
  readonly enrol: (code: string) => Promise<Entered & { recoveryCodes: string[] }>;
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
  let begun: Begun | null = null;

  const goOn: SignInSteps['goOn'] = async (place, answer, remember) => {
    if (!('step' in answer)) {
      begun = null;
      return session.enter(place, answer, remember);
    }
    begun = { place, remember, ticket: new Secret(answer.ticket) };
    return { step: answer.step };
  };
  const current = (): Begun => {
    if (begun === null) throw new ConsoleFailure('session.ticket-gone');
    return begun;
  };
  const gone = (thrown: unknown): never => {
    if (isFailure(thrown, 'session.ticket-gone')) begun = null;
    throw thrown;
  };

  return {
    goOn,
    async password(place, userName, password, remember) {
      begun = null;
      return goOn(
        place,
        await api.call(place.base, signIn, { body: { userName, password, client } }),
        remember,
      );
    },
    async code(code) {
      const { place, ticket, remember } = current();
      const tokens = await api
        .call(place.base, answerSecondFactor, { body: { ticket: ticket.expose(), code } })
        .catch(gone);
      begun = null;
      return session.enter(place, tokens, remember);
    },
    async offer() {
      const { place, ticket } = current();
      return api.call(place.base, offerEnrolment, { body: { ticket: ticket.expose() } }).catch(gone);
    },
    async enrol(code) {
      const { place, ticket, remember } = current();
      const { recoveryCodes, ...tokens } = await api
        .call(place.base, confirmEnrolment, { body: { ticket: ticket.expose(), code } })
        .catch(gone);
      begun = null;
      return { ...(await session.enter(place, tokens, remember)), recoveryCodes };
    },
    cancel: () => {
      begun = null;
    },
  };
}
