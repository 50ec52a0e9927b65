import type { z } from 'zod';
import type { CallGroup } from '../../shared/bridge/channels.ts';
import type { Contract } from '../../shared/bridge/contract.ts';

type PartOf<C, Name extends string> = C extends Record<Name, infer S extends z.ZodType> ? S : never;

/** Answers one call of the bridge. Says no by throwing a `ConsoleFailure`. */
export type Handler<C> = (args: z.output<PartOf<C, 'args'>>) => Promise<z.input<PartOf<C, 'value'>>>;

/** The handlers of one group of the contract; a missing or misspelt one does not compile. */
export type GroupHandlers<G extends CallGroup> = {
  readonly [N in keyof Contract[G]]: Handler<Contract[G][N]>;
};

/** Every handler there is. */
export type Handlers = { readonly [G in CallGroup]: GroupHandlers<G> };
