import { endpoints } from '../../api/endpoints.ts';
import { call, callLike, nothing } from './call.ts';

/** Drills and the calls of their invented callers. The cases of a drill use the groups that start with `practice`. */
export const drills = {
  /** Also resumes the drill that is running, for example after the console was closed. */
  list: callLike(endpoints.listDrills),
  begin: callLike(endpoints.beginDrill),
  /** This and the following calls act on the running drill. */
  takeCall: call(nothing, endpoints.takeCall.answer),
  ask: call(endpoints.askCaller.body, endpoints.askCaller.answer),
  endCall: call(nothing, endpoints.endCall.answer),
  leave: call(nothing, nothing),
};
