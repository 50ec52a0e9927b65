import type { z } from 'zod';
import type { Result } from '../errors/result.ts';
import type { Call } from './contract/call.ts';
import { app, server } from './contract/console.ts';
import { drafts } from './contract/drafts.ts';
import type { eventContract } from './contract/events.ts';
import { downloads, imports, outbox } from './contract/files.ts';
import { passThroughCalls, practisedCalls } from './contract/pass-through.ts';
import { drills } from './contract/practice.ts';
import { handover, resets } from './contract/resets.ts';
import { self, session } from './contract/sign-in.ts';
import { joinGroups } from './join-groups.ts';

export { eventContract } from './contract/events.ts';
export { passThroughCalls, practisedCalls } from './contract/pass-through.ts';

/** The calls that main answers with handlers of its own. Groups that start with `practice` belong to a drill. */
export const ownCalls = {
  app,
  server,
  session,
  self,
  drafts,
  imports,
  downloads,
  outbox,
  resets,
  handover,
  drills,
  practiceResets: resets,
  practiceHandover: handover,
} as const satisfies Record<string, Record<string, Call>>;

/** Every call of the bridge by group: main's own calls, and those that endpoints of the Reset API declare. */
export const contract = joinGroups(ownCalls, joinGroups(passThroughCalls, practisedCalls));

export type Contract = typeof contract;
export type CallGroup = keyof Contract;
export type EventName = keyof typeof eventContract;

/** The argument of a call; `null` if it takes none. */
export type Args<G extends CallGroup, N extends keyof Contract[G]> = Contract[G][N] extends {
  args: infer A extends z.ZodType;
}
  ? z.input<A>
  : never;
/** The value that a call answers on success. */
export type Value<G extends CallGroup, N extends keyof Contract[G]> = Contract[G][N] extends {
  value: infer V extends z.ZodType;
}
  ? z.output<V>
  : never;
export type EventValue<E extends EventName> = z.output<(typeof eventContract)[E]>;

/** The calls of a group that only the preload makes; see `preloadOnly` of channels.ts. */
type PreloadOnly<G extends CallGroup> = G extends 'imports' ? 'dropped' : never;

/** The bridge as the page sees it on `window`. */
export type Bridge = {
  readonly [G in CallGroup]: {
    readonly [N in Exclude<keyof Contract[G], PreloadOnly<G>>]: null extends Args<G, N>
      ? () => Promise<Result<Value<G, N>>>
      : (args: Args<G, N>) => Promise<Result<Value<G, N>>>;
  };
} & {
  /** Adds a listener. The returned function removes it. */
  readonly on: <E extends EventName>(event: E, listener: (value: EventValue<E>) => void) => () => void;
  /** Chooses a file that was dropped on the window; `file.unreadable` for anything else. The preload finds its path, which the page cannot name. */
  readonly dropFile: (file: object) => Promise<Result<Value<'imports', 'dropped'>>>;
};
