import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { Client } from 'pg';
import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { MailSink } from '../../fixtures/mail-sink.ts';
import { browserOf, codeFor, type deskOf, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
const password = 'Quiet+Harbour7';
type User = ReturnType<typeof browserOf>;
type Tables = Record<string, readonly Record<string, unknown>[]>;

interface Scene {
  readonly user: User;
  readonly desk: ReturnType<typeof deskOf>;
  readonly mailSink: MailSink;
  readonly at: () => number;
}

/** The changes of an account that cause a notification, each with what it writes in addition to the mail. */
const changes: readonly {
  readonly what: string;
  /** Prepares the step; returns what the step needs. */
  readonly before?: (scene: Scene) => Promise<string>;
  readonly step: (scene: Scene, prepared: string) => Promise<unknown>;
  readonly trace: (tables: Tables) => unknown;
  readonly subject: string;
}[] = [
  {
    what: 'a password that its owner changed',
    step: ({ user }) =>
      user.go('POST', '/change-password', {
        current: password,
        password: 'Meadow+Lantern41',
        repeated: 'Meadow+Lantern41',
      }),
    trace: ({ password_history }) => password_history?.length,
    subject: 'Your password was changed',
  },
  {
    what: 'an authenticator that was set up',
    before: async ({ user }) => {
      const { text } = await user.go('POST', '/account/authenticator/begin', { current: password });
      const secret = (/<strong class="code">([^<]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '');
      return `${/name="enrolment" value="([^"]+)"/.exec(text)?.[1] ?? ''} ${secret}`;
    },
    step: ({ user, at }, prepared) => {
      const [enrolment = '', secret = ''] = prepared.split(' ');
      const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at() });
      return user.go('POST', '/account/authenticator/confirm', { enrolment, code });
    },
    trace: ({ account_authenticators }) =>
      account_authenticators?.filter(({ confirmed_at }) => confirmed_at !== null).length,
    subject: 'Your sign-in methods were changed',
  },
  {
    what: 'new recovery codes',
    step: ({ user }) => user.go('POST', '/account/recovery-codes', { current: password }),
    trace: ({ account_recovery_codes }) => account_recovery_codes?.length,
    subject: 'Your sign-in methods were changed',
  },
  {
    what: 'security questions',
    step: ({ user }) =>
      user.go('POST', '/account/questions', {
        current: password,
        question1: 'What was the name of your first pet?',
        question2: 'Which street did you live on as a child?',
        question3: 'What was the name of your first teacher?',
        answer1: 'a badger',
        answer2: 'on the moon',
        answer3: 'nobody',
      }),
    trace: ({ account_security_questions }) => account_security_questions?.length,
    subject: 'Your sign-in methods were changed',
  },
  {
    what: 'another phone number',
    step: ({ user }) =>
      user.go('POST', '/account/contact/phone', { value: '+49 30 5550177', current: password }),
    trace: ({ accounts }) => accounts?.find(({ user_name }) => user_name === 'm.okafor')?.['phone'],
    subject: 'Your contact data was changed',
  },
  {
    what: 'a caller who was refused',
    before: async ({ desk }) => (await desk.openCase('m.okafor')).id,
    step: ({ desk }, caseId) => desk.call('POST', `/cases/${caseId}/refuse`, { reason: 'wrong-answers' }),
    trace: ({ cases }) => cases?.map(({ state }) => state),
    subject: 'A password reset was refused',
  },
  {
    what: 'a reset link',
    before: async ({ desk, mailSink }) => {
      const view = await desk.openCase('m.okafor');
      const started = await desk.startCode(view.id);
      await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
      return `${view.id} ${(await desk.mint(view.id, 'reset-link')).body.id}`;
    },
    step: ({ desk }, prepared) => {
      const [caseId = '', grant = ''] = prepared.split(' ');
      return desk.reset(caseId, grant, 'reset-link', 'the-press-of-the-button');
    },
    trace: ({ reset_links, grants }) => [reset_links?.length, grants?.map(({ spent_at }) => spent_at)],
    subject: 'Set a new password',
  },
  {
    what: 'an account that its owner froze',
    before: async ({ desk, mailSink }) => {
      const view = await desk.openCase('m.okafor');
      await desk.startCode(view.id);
      const { text = '' } = await mailSink.mailTo(marlene);
      return /\/not-me\/(\S+)/.exec(text)?.[1] ?? '';
    },
    step: ({ user }, token) => user.go('POST', '/not-me', { token, confirmed: 'yes' }),
    trace: ({ account_freezes }) => account_freezes?.length,
    subject: 'Your account is frozen',
  },
];

describe('what an owner is told of', () => {
  const it = apiTest
    .extend('user', ({ backend }) => browserOf(backend.ask))
    .extend('scene', ({ user, desk, mailSink, backend }): Scene => ({
      user,
      desk,
      mailSink,
      at: () => backend.clock.at,
    }))
    // From now on no mail can be stored, as after a crash between a change and its mail.
    .extend('breakMail', ({ backend }) => async () => {
      const trigger = 'create trigger no_mail before insert on mail_queue';
      if (backend.database === null) {
        const fails = sql.raw(`${trigger} begin select raise(abort, 'no mail today'); end`);
        await backend.changeRows((tx) => fails.execute(tx));
        return;
      }
      const client = new Client({ connectionString: backend.database.ownerUrl });
      await client.connect();
      await client.query(
        "create function no_mail() returns trigger language plpgsql as $$ begin raise exception 'no mail today'; end $$",
      );
      await client.query(`${trigger} for each row execute function no_mail()`);
      await client.end();
    });

  it.beforeEach(async ({ user, mailSink }) => {
    await user.go('POST', '/forgot-password', { address: marlene });
    const token = (await linkFor(mailSink, marlene)).split('/').at(-1) ?? '';
    await user.go('POST', '/reset', { token, password, repeated: password });
    await mailSink.mailTo(marlene);
    await user.signIn('m.okafor', password);
  });

  it.for(changes.map((change) => [change.what, change] as const))(
    'is not done when its mail cannot be queued: %s',
    async ([_what, { before, step, trace }], { scene, backend, breakMail }) => {
      const prepared = (await before?.(scene)) ?? '';
      const was = trace(await backend.readTables());
      await breakMail();
      await step(scene, prepared);
      expect(trace(await backend.readTables())).toEqual(was);
    },
  );

  it.for(changes.map((change) => [change.what, change] as const))(
    'is queued in the transaction of its change: %s',
    async ([_what, { before, step, trace, subject }], { scene, backend }) => {
      const prepared = (await before?.(scene)) ?? '';
      const was = trace(await backend.readTables());
      await step(scene, prepared);
      const tables = await backend.readTables();
      expect(trace(tables)).not.toEqual(was);
      expect(tables['mails']?.map((mail) => mail['subject'])).toContain(subject);
    },
  );
});
