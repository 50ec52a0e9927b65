import type { z } from 'zod';
import type { Result } from '../errors/result.ts';
import type { Call } from './contract/call.ts';
import { app, server } from './contract/console.ts';
import type { eventContract } from './contract/events.ts';
import { downloads, imports, outbox } from './contract/files.ts';
import { passThroughCalls, practisedCalls } from './contract/pass-through.ts';
import { drills } from './contract/practice.ts';
import { handover, resets } from './contract/resets.ts';
import { self, session } from './contract/sign-in.ts';
import { joinGroups } from './join-groups.ts';

export { eventContract } from './contract/events.ts';
export { passThroughCalls, practisedCalls } from './contract/pass-through.ts';

/** The calls that main answers with a handler of its own. A drill's groups start with `practice`. */
export const ownCalls = {
  app,
  server,
  session,
  self,
  imports,
  downloads,
  outbox,
  resets,
  handover,
  drills,
  practiceResets: resets,
  practiceHandover: handover,
} as const satisfies Record<string, Record<string, Call>>;

/** Every call across the bridge by group: main's own, and those that the endpoints of the Reset API declare. */
export const contract = joinGroups(ownCalls, joinGroups(passThroughCalls, practisedCalls));

export type Contract = typeof contract;
export type CallGroup = keyof Contract;
export type EventName = keyof typeof eventContract;

/** What the page passes to a call; `null` where the call takes nothing. */
export type Args<G extends CallGroup, N extends keyof Contract[G]> = Contract[G][N] extends {
  args: infer A extends z.ZodType;
}
  ? z.input<A>
  : never;
/** What a call answers when it succeeds. */
export type Value<G extends CallGroup, N extends keyof Contract[G]> = Contract[G][N] extends {
  value: infer V extends z.ZodType;
}
  ? z.output<V>
  : never;
export type EventValue<E extends EventName> = z.output<(typeof eventContract)[E]>;

/** The bridge as the page sees it on `window`. */
export type Bridge = {
  readonly [G in CallGroup]: {
    readonly [N in keyof Contract[G]]: null extends Args<G, N>
      ? () => Promise<Result<Value<G, N>>>
      : (args: Args<G, N>) => Promise<Result<Value<G, N>>>;
  };
} & {
  /** Listens until the returned function is called. */
  readonly on: <E extends EventName>(event: E, listener: (value: EventValue<E>) => void) => () => void;
  /** The path of a dropped file, or an empty string for anything else. */
  readonly pathOf: (file: object) => string;
};
