import { z } from 'zod';
import { limits } from '../../../shared/api/limits.ts';

// The fields of forms. A field that is missing or too long reads as empty: the form is then shown again.
const secret = z
  .string()
  .max(4 * limits.password)
  .catch('');

export const credentials = z.object({
  userName: z.string().max(limits.userName).catch(''),
  password: secret,
});
export const newPassword = z.object({ password: secret, repeated: secret });
export const currentPassword = z.object({ current: secret });
export const token = z.object({ token: z.string().max(200).catch('') });
export const code = z.object({ code: z.string().max(40).catch('') });
export const email = z.object({ address: z.string().trim().max(254).catch('') });
