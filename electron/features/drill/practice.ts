import {
  askCaller,
  beginDrill,
  endCall,
  leaveDrill,
  listDrills,
  takeCall,
} from '../../../shared/api/drill.ts';
import type { Endpoint, EndpointInput } from '../../../shared/api/endpoint.ts';
import { inDrill } from '../../../shared/api/practised.ts';
import { contract } from '../../../shared/bridge/contract.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { passThrough } from '../../bridge/pass-through.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { createGuardedClipboard } from '../handover/guarded-clipboard.ts';
import { createHandover } from '../handover/handover.ts';
import type { Vault } from '../handover/vault.ts';
import type { Session } from '../session/session.ts';

type Groups =
  | 'drills'
  | 'practiceAccounts'
  | 'practiceCases'
  | 'practiceFourEyes'
  | 'practiceResets'
  | 'practiceHandover';

interface Collaborators {
  readonly session: Pick<Session, 'call' | 'isLocked'>;
  /** Of the drill alone: an invented password never lies beside a real one. */
  readonly vault: Vault;
  readonly clipboard: ReturnType<typeof createGuardedClipboard>;
  readonly now: () => number;
}

/**
 * The operator's drill. Main alone knows which one it is, and sends every practised call below it: what the page asks for in a drill cannot reach
 * the real desk, and what it asks of the real desk cannot land in a drill.
 */
export function createPractice({ session, vault, clipboard, now }: Collaborators): {
  readonly handlers: { readonly [G in Groups]: GroupHandlers<G> };
  /** The session is over: its drill is nobody's any more. */
  readonly forget: () => void;
} {
  let drillId: string | null = null;
  const forget = () => {
    drillId = null;
    vault.clear();
  };
  const params = () => {
    if (drillId === null) throw new ConsoleFailure('drill.not-found');
    return { drillId };
  };
  const practise = async (
    endpoint: Endpoint,
    input: { readonly params?: Readonly<Record<string, unknown>> },
    options?: object,
  ) => {
    const below = { ...input, params: { ...input.params, ...params() } };
    return session
      .call(inDrill(endpoint), below as unknown as EndpointInput<Endpoint>, options)
      .catch((thrown: unknown) => {
        if (isFailure(thrown, 'drill.not-found')) forget();
        throw thrown;
      });
  };
  // The double of an endpoint takes and answers what the endpoint does: `inDrill` changes its address alone.
  const call = practise as unknown as Session['call'];
  const { resets, handover } = createHandover({
    session: { call, isLocked: session.isLocked },
    vault,
    clipboard,
    now,
  });

  return {
    forget,
    handlers: {
      drills: {
        list: async () => {
          const answer = await session.call(listDrills, {});
          drillId = answer.running?.id ?? null;
          return answer;
        },
        begin: async (args) => {
          forget();
          const begun = await session.call(beginDrill, args);
          drillId = begun.id;
          return begun;
        },
        takeCall: async () => session.call(takeCall, { params: params() }),
        ask: async (body) => session.call(askCaller, { params: params(), body }),
        endCall: async () => {
          const ended = await session.call(endCall, { params: params() });
          vault.clear();
          return ended;
        },
        leave: async () => {
          if (drillId !== null) await session.call(leaveDrill, { params: params() });
          forget();
          return null;
        },
      },
      practiceAccounts: passThrough(contract.practiceAccounts, ['search', 'get', 'unmask', 'timeline'], call),
      practiceCases: passThrough(
        contract.practiceCases,
        [
          'open',
          'get',
          'list',
          'change',
          'refuse',
          'close',
          'startCheck',
          'answerCheck',
          'mintGrant',
          'deliveryChoices',
          'sendPhrase',
        ],
        call,
      ),
      practiceFourEyes: passThrough(contract.practiceFourEyes, ['ask'], call),
      practiceResets: resets,
      practiceHandover: handover,
    },
  };
}
