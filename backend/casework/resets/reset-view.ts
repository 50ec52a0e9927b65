import type { ResetView } from '../../../shared/api/reset.ts';
import type { MailsTable, ResetsTable } from '../../store/tables.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** How the user has used the reset since. */
function useOf(reset: ResetsTable, now: number): ResetView['use'] {
  if (reset.password_set_at !== null) return 'password-set';
  if (reset.used_at !== null) return 'signed-in';
  if (reset.revoked_at !== null) return 'revoked';
  if (reset.voided_at !== null) return 'voided';
  if (reset.valid_until !== null && reset.valid_until <= now) return 'expired';
  return reset.opened_at === null ? 'none' : 'link-fetched';
}

/** The state of the mail or text. Without a failed reset, the gateway has accepted a text. */
function deliveryOf(reset: ResetsTable, mail: Pick<MailsTable, 'state'> | undefined): ResetView['delivery'] {
  if (reset.sent_by === 'text') {
    const states = { intended: 'sending', done: 'accepted', failed: 'failed' } as const;
    return states[reset.state as keyof typeof states] ?? null;
  }
  return (mail?.state ?? null) as ResetView['delivery'];
}

/** A reset as the console shows it. `lost`: its secret was never shown and is no longer held. */
export function resetViewOf(
  reset: ResetsTable,
  mail: Pick<MailsTable, 'state' | 'answer' | 'next_attempt_at'> | undefined,
  { lost, now }: { lost: boolean; now: number },
): ResetView {
  return {
    id: reset.id,
    action: reset.action as ResetView['action'],
    state: reset.state as ResetView['state'],
    secretLost: lost,
    at: new Date(reset.settled_at ?? reset.intended_at).toISOString(),
    validUntil: iso(reset.valid_until),
    sessionsEnded: reset.sessions_ended,
    unlocked: reset.unlocked === 1,
    secretBits: reset.secret_bits,
    secretStyle: reset.secret_style as ResetView['secretStyle'],
    deliveryMode: reset.delivery_mode as ResetView['deliveryMode'],
    oldPassword: reset.old_password as ResetView['oldPassword'],
    sentTo: reset.sent_to,
    sentBy: reset.sent_by as ResetView['sentBy'],
    delivery: deliveryOf(reset, mail),
    deliveryAnswer: mail?.answer ?? null,
    ...(mail?.state === 'kept-in-outbox' &&
      reset.mail_id !== null && { keptMessage: { id: reset.mail_id, channel: 'email' as const } }),
    nextAttemptAt: iso(mail?.next_attempt_at ?? null),
    resent: reset.resent,
    handedOverAt: iso(reset.handed_over_at),
    use: useOf(reset, now),
  };
}
