import { z } from 'zod';

/** The language in which passwords are read out, as the page names it; the page has the words. */
export const spellingName = z
  .string()
  .regex(/^[a-z]{2}(?:-[A-Za-z]+)?$/)
  .max(20);
