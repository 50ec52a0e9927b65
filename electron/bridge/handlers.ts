import type { z } from 'zod';
import type { ownCalls } from '../../shared/bridge/contract.ts';

type PartOf<C, Name extends string> = C extends Record<Name, infer S extends z.ZodType> ? S : never;

/** Answers one call of the bridge. It refuses by throwing a `ConsoleFailure`. */
export type Handler<C> = (args: z.output<PartOf<C, 'args'>>) => Promise<z.input<PartOf<C, 'value'>>>;

type OwnCalls = typeof ownCalls;

/** Main's own handlers of one group of the bridge; a missing or misspelt one does not compile. */
export type GroupHandlers<G extends keyof OwnCalls> = {
  readonly [N in keyof OwnCalls[G]]: Handler<OwnCalls[G][N]>;
};

/** All handlers of main's own. The others are made from the endpoints, see `pass-through.ts`. */
export type OwnHandlers = { readonly [G in keyof OwnCalls]: GroupHandlers<G> };
