import type { z } from 'zod';
import type { ownCalls } from '../../shared/bridge/contract.ts';

type PartOf<C, Name extends string> = C extends Record<Name, infer S extends z.ZodType> ? S : never;

/** Answers one call of the bridge. Throws a `ConsoleFailure` to refuse it. */
export type Handler<C> = (args: z.output<PartOf<C, 'args'>>) => Promise<z.input<PartOf<C, 'value'>>>;

type OwnCalls = typeof ownCalls;

/** Main's own handlers for one group of the bridge. A missing or misspelt handler does not compile. */
export type GroupHandlers<G extends keyof OwnCalls> = {
  readonly [N in keyof OwnCalls[G]]: Handler<OwnCalls[G][N]>;
};

/** All of main's own handlers. `pass-through.ts` makes the others from the endpoints. */
export type OwnHandlers = { readonly [G in keyof OwnCalls]: GroupHandlers<G> };
