import { endpoints } from '../../api/endpoints.ts';
import { call, callLike, nothing } from './call.ts';

/** Calls of invented callers. What else a drill needs is the desk's own groups once more. */
export const drills = {
  /** Also takes up a drill that runs, such as after the console was closed. */
  list: callLike(endpoints.listDrills),
  begin: callLike(endpoints.beginDrill),
  /** These mean the drill that was begun or taken up. */
  takeCall: call(nothing, endpoints.takeCall.answer),
  ask: call(endpoints.askCaller.body, endpoints.askCaller.answer),
  endCall: call(nothing, endpoints.endCall.answer),
  leave: call(nothing, nothing),
};
