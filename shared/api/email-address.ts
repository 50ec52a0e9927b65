import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * An address that mail can be sent to, with letters of any script on both sides (RFC 6531, internationalised domains). Quoted local parts and IP
 * addresses are refused, since no directory has them.
 */
const pattern =
  /^(?!\.)(?!.*\.\.)(?!.*\.@)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?!\d+$)[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])$/u;

/** An email address as an operator, administrator or user gives it. */
export const emailAddress = z.email({ pattern }).max(limits.email);
