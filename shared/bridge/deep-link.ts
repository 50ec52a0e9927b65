import { z } from 'zod';
import { limits } from '../api/limits.ts';

/** The scheme of links that other programs open in the console. */
export const linkScheme = 'resetdesk';

/** Characters that cannot be seen or turn the direction of a line, so that two texts look the same. */
const unseen = /\p{C}|\p{Zl}|\p{Zp}|\u034F|\u115F|\u1160|\u17B4|\u17B5|\u3164|\uFFA0/u;
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !unseen.test(text));
const ticket = line(limits.ticket).nullable();

/** Where a link of another program leads. It fills in a search or shows a request; it opens no case and decides nothing. */
export const deepLink = z.discriminatedUnion('kind', [
  /** The search, with what names an account: a user name, address, employee number or name. */
  z.object({ kind: z.literal('account'), search: line(100), ticket }),
  /** The search, with the telephone number of a call. */
  z.object({
    kind: z.literal('call'),
    search: line(limits.phone).regex(/^\+?(?:[\s()./\p{Pd}]*\d){3,20}$/u),
    ticket,
  }),
  /** The queue, with the request of a case. */
  z.object({ kind: z.literal('approval'), caseNumber: z.int().min(1).max(2_147_483_647) }),
]);
export type DeepLink = z.infer<typeof deepLink>;
