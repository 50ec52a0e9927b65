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
import type { GroupHandlers } from '../../bridge/handlers.ts';
import type { SessionCall } from '../../bridge/pass-through.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { createGuardedClipboard } from '../handover/guarded-clipboard.ts';
import { createHandover } from '../handover/handover.ts';
import type { Vault } from '../handover/handover.ts';
import type { Session } from '../session/session.ts';

type Groups = 'drills' | 'practiceResets' | 'practiceHandover';

interface Collaborators {
  readonly session: Pick<Session, 'call' | 'isLocked'>;
  /** Holds the drill's temporary passwords, separately from the real ones. */
  readonly vault: Vault;
  readonly clipboard: ReturnType<typeof createGuardedClipboard>;
  readonly now: () => number;
}

/**
 * The operator's running drill. Main adds its id to every request of a drill, and the page never learns it. So a call in a drill
 * cannot reach the real desk, and a call to the real desk cannot reach a drill.
 */
export function createPractice({ session, vault, clipboard, now }: Collaborators): {
  readonly handlers: { readonly [G in Groups]: GroupHandlers<G> };
  /** Sends a request to the desk of the running drill. Throws `drill.not-found` while no drill is running. */
  readonly call: SessionCall;
  /** Forgets the drill and its temporary passwords, at the end of the session. */
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
    const drillInput = { ...input, params: { ...input.params, ...params() } };
    return session
      .call(inDrill(endpoint), drillInput as unknown as EndpointInput<Endpoint>, options)
      .catch((thrown: unknown) => {
        if (isFailure(thrown, 'drill.not-found')) forget();
        throw thrown;
      });
  };
  // `inDrill` changes the path and the id; input and answer keep their types.
  const call = practise as unknown as Session['call'];
  const { resets, handover } = createHandover({
    session: { call, isLocked: session.isLocked },
    vault,
    clipboard,
    now,
  });

  return {
    call,
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
      practiceResets: resets,
      practiceHandover: handover,
    },
  };
}
