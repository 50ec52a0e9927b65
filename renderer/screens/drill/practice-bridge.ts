import type { Bridge, CallGroup } from '../../../shared/bridge/contract.ts';
import { callNames } from '../../../shared/bridge/names.ts';

/** A call that is not available in a drill. */
const notHere = () => Promise.resolve({ ok: false as const, failure: { code: 'bridge.refused' as const } });

/** A group of calls that are all refused, except for the given ones. */
const only = <G extends CallGroup>(group: G, given: object = {}): Bridge[G] =>
  ({
    ...Object.fromEntries(callNames[group].map((name) => [name, notHere])),
    ...given,
  }) as unknown as Bridge[G];

/**
 * The bridge inside a drill: the case screens get the drill's desk instead of the real one, and every other call that would reach the real
 * desk is refused.
 */
export const practiceBridge = (bridge: Bridge): Bridge => {
  const groups = (Object.keys(callNames) as CallGroup[]).map((group) => [group, only(group)]);
  return {
    ...(Object.fromEntries(groups) as unknown as Bridge),
    on: bridge.on,
    dropFile: notHere,
    session: bridge.session,
    accounts: bridge.practiceAccounts,
    cases: only('cases', bridge.practiceCases),
    resets: bridge.practiceResets,
    handover: bridge.practiceHandover,
    fourEyes: only('fourEyes', bridge.practiceFourEyes),
  };
};
