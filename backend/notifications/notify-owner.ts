import type { Mailer } from '../mail/mailer.ts';

export interface Notifications {
  /** Tells the owner that the password was reset. Sent beside the answer, since the caller on the phone does not wait for it. */
  passwordReset(owner: {
    accountId: string;
    email: string | null;
    displayName: string;
    caseId: string;
  }): void;
  /** Tells the owner that a new password was chosen. */
  passwordChanged(owner: { accountId: string; email: string | null; displayName: string }): void;
  /** Tells the owner that somebody asked for a reset and was refused. */
  caseRefused(owner: { accountId: string; email: string | null; displayName: string; caseId: string }): void;
  /** Settles when every mail on its way has been sent or has failed. */
  settled(): Promise<void>;
}

/** Mails that tell the owner of an account what happened to it. */
export function createNotifications({ mailer, now }: { mailer: Mailer; now: () => number }): Notifications {
  const running = new Set<Promise<unknown>>();
  const send = (
    { accountId, email, caseId }: { accountId: string; email: string | null; caseId?: string },
    subject: string,
    lines: readonly string[],
  ) => {
    if (email === null) return;
    const text = [...lines, ''].join('\n');
    const sending: Promise<unknown> = mailer
      .send({ kind: 'notification', to: email, subject, text, accountId, caseId: caseId ?? null })
      .finally(() => running.delete(sending));
    running.add(sending);
  };
  const stamp = () => `${new Date(now()).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return {
    passwordReset: (owner) => {
      send(owner, 'Your password was reset', [
        `Hello ${owner.displayName},`,
        '',
        `The help desk reset your password on ${stamp()}. A temporary password was given to the person who called.`,
        '',
        'If this was not you, call the help desk at once, on a number that you know.',
      ]);
    },
    passwordChanged: (owner) => {
      send(owner, 'Your password was changed', [
        `Hello ${owner.displayName},`,
        '',
        `A new password was chosen for your account on ${stamp()}.`,
        '',
        'If this was not you, call the help desk at once, on a number that you know.',
      ]);
    },
    caseRefused: (owner) => {
      send(owner, 'A password reset was refused', [
        `Hello ${owner.displayName},`,
        '',
        `On ${stamp()} somebody asked the help desk to reset your password and could not be verified. Your password is unchanged.`,
        '',
        'If it was you, call again with another way to prove who you are. If it was not you, tell the help desk, on a number that you know.',
      ]);
    },
    settled: async () => {
      await Promise.allSettled(running);
    },
  };
}
