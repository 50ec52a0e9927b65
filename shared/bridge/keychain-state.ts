import { z } from 'zod';

/** Whether the system keeps secrets for the console; each but `ready` means that a sign-in is for this run alone. */
export const keychainState = z.enum(['ready', 'missing', 'locked', 'failed']);
