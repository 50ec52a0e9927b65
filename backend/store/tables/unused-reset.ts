import type { ResetsTable } from './resets.ts';

/** The columns of a reset that has had no effect yet: nothing was sent, shown, opened or used. */
export const unusedReset = {
  sessions_ended: 0,
  unlocked: 0,
  sent_to: null,
  sent_by: null,
  secret_bits: null,
  secret_style: null,
  delivery_mode: 'spoken',
  old_password: 'dies-now',
  mail_id: null,
  revealed_at: null,
  handed_over_at: null,
  opened_at: null,
  used_at: null,
  password_set_at: null,
  voided_at: null,
  resent: 0,
  resent_at: null,
  revoked_at: null,
  directory_server: null,
  directory_set_at: null,
} satisfies Partial<ResetsTable>;
