import { z } from 'zod';

/** Whether the system keychain can store secrets for the console. With any state but `ready`, a sign-in is not kept after this run. */
export const keychainState = z.enum(['ready', 'missing', 'locked', 'failed']);

/** Whether the console starts when the user signs in to the computer, and whether it has an icon in the tray and stays there when its window closes. */
export const startup = z.object({ autostart: z.boolean(), tray: z.boolean() });

/** The name of the spelling alphabet for passwords that are read out; the renderer has the alphabet itself. */
export const spellingName = z
  .string()
  .regex(/^[a-z]{2}(?:-[A-Za-z]+)?$/)
  .max(20);
