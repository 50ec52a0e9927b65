import type { z } from 'zod';
import type { Result } from '../errors/result.ts';
import type { calls, CallGroup, CallName, EventName } from './channels.ts';
import { audit, outbox, requiredResets, settings } from './contract/administration.ts';
import type { Call } from './contract/call.ts';
import { accounts, cases, desk, fourEyes, frozen, heldChanges } from './contract/cases.ts';
import { app, server } from './contract/console.ts';
import type { eventContract } from './contract/events.ts';
import { downloads, imports } from './contract/files.ts';
import { drills, practiceFourEyes } from './contract/practice.ts';
import { handover, resets } from './contract/resets.ts';
import { operators, provider, self, session } from './contract/sign-in.ts';

export { eventContract } from './contract/events.ts';

/** Everything that crosses the bridge, by group; each group stands under its topic in `contract/`. */
export const contract = {
  app,
  server,
  session,
  accounts,
  imports,
  cases,
  fourEyes,
  resets,
  handover,
  operators,
  self,
  provider,
  drills,
  /** The same calls as those of the desk; main sends them to the drill's own desk. */
  practiceAccounts: accounts,
  practiceCases: cases,
  practiceFourEyes,
  practiceResets: resets,
  practiceHandover: handover,
  audit,
  downloads,
  desk,
  requiredResets,
  heldChanges,
  frozen,
  outbox,
  settings,
} as const satisfies { [G in keyof typeof calls]: Record<CallName<G>, Call> };

export type Contract = typeof contract;

/** What the page passes to a call: nothing where the call takes nothing. */
export type Args<G extends CallGroup, N extends keyof Contract[G]> = Contract[G][N] extends {
  args: infer A extends z.ZodType;
}
  ? z.input<A>
  : never;
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
  /** The path of a dropped file, or an empty string for something that is no file. */
  readonly pathOf: (file: object) => string;
};
