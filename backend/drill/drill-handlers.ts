import type * as drillApi from '../../shared/api/drill.ts';
import { practisedNames, type PractisedName } from '../../shared/api/practised.ts';
import type { Drills } from './drills.ts';
import type { AnyHandler, Handlers } from '../web/http/handler.ts';

/** Drills over HTTP. */
export const createDrillHandlers = (drills: Drills): Handlers<typeof drillApi> => ({
  beginDrill: ({ body, session, origin }) => drills.begin(body, session, origin),
  listDrills: ({ session }) => drills.list(session),
  getDrill: async ({ params, session }) => drills.view(params.drillId, session),
  takeCall: ({ params, session }) => drills.takeCall(params.drillId, session),
  askCaller: ({ params, body, session }) => drills.ask(params.drillId, body.question, session),
  endCall: ({ params, session, origin }) => drills.endCall(params.drillId, session, origin),
  leaveDrill: async ({ params, session, origin }) => {
    await drills.leave(params.drillId, session, origin);
    return {};
  },
});

/** The handlers of the practised endpoints. The desk of the drill answers them, and only to the operator who runs the drill. */
export const createPractisedHandlers = (drills: Drills): ReadonlyMap<PractisedName, AnyHandler> =>
  new Map(
    practisedNames.map((name) => [
      name,
      async (call) => {
        const { drillId } = call.params as { readonly drillId: string };
        if (call.session === null) throw new Error('A drill belongs to a session');
        const { desk, session } = drills.deskOf(drillId, call.session);
        return (desk.handlers[name] as unknown as AnyHandler)({ ...call, session });
      },
    ]),
  );
