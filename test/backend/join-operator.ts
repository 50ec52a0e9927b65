import { Secret, TOTP } from 'otpauth';
import type { OperatorScope, Role } from '../../shared/api/operator.ts';
import type { OperatorRow } from '../../shared/api/operators.ts';
import type { NextStep, SessionTokens } from '../../shared/api/session.ts';
import type { startTestBackend } from './start-test-backend.ts';
import { browserOf } from './desk-call.ts';

type Backend = Pick<Awaited<ReturnType<typeof startTestBackend>>, 'ask' | 'clock'>;

export interface Person {
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly scope?: Partial<OperatorScope>;
}

/** An operator who has joined, with their password and second factor. */
export interface Joined {
  readonly id: string;
  readonly person: Person;
  readonly tokens: SessionTokens;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** The authenticator's code for this secret at a time in milliseconds. */
export const codeAt = (secret: string, at: number): string =>
  new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({
    timestamp: at,
  });

/** The path of the link in the newest mail of the outbox to this address. */
export async function invitationIn(
  { ask }: Pick<Backend, 'ask'>,
  administratorToken: string,
  address: string,
): Promise<string> {
  const get = async (path: string) =>
    (await (
      await ask('GET', `/api/v1${path}`, undefined, { authorization: `Bearer ${administratorToken}` })
    ).json()) as { mails: { id: string; to: string; kind: string }[]; text: string };
  const { mails } = await get('/outbox?limit=200');
  const mail = mails.find(({ to, kind }) => to === address && kind === 'operator-link');
  const { text } = await get(`/outbox/${mail?.id ?? 'none'}`);
  return /https?:\/\/[^/\s]+(\/invitation\/\S+)/.exec(text)?.[1] ?? '';
}

/** Invites an operator as an administrator. Returns the operator's row. */
export async function invite({ ask }: Pick<Backend, 'ask'>, token: string, person: Person) {
  const { userName, displayName, roles, scope = {} } = person;
  const answer = await ask(
    'POST',
    '/api/v1/operators',
    {
      userName,
      displayName,
      roles,
      email: `${userName}@example.com`,
      scope: { departments: [], tiers: [], directories: [], ...scope },
    },
    { authorization: `Bearer ${token}` },
  );
  return { status: answer.status, body: (await answer.json()) as OperatorRow & { code?: string } };
}

/**
 * All steps of a new operator over HTTP: invited, password chosen on the page, second factor enrolled at the first sign-in. The backend must keep its
 * mails in the outbox. `written` is how the first code is typed.
 */
export async function join(
  backend: Backend,
  token: string,
  person: Person,
  written = (code: string): string => code,
): Promise<Joined> {
  const { ask, clock } = backend;
  const { body: row } = await invite(backend, token, person);
  const link = await invitationIn(backend, token, `${person.userName}@example.com`);
  const { password, userName } = person;
  await browserOf(ask).go('POST', '/invitation', {
    token: link.replace('/invitation/', ''),
    password,
    repeated: password,
  });
  const post = async (path: string, body: object) =>
    (await (await ask('POST', `/api/v1/session${path}`, body)).json()) as Record<string, unknown>;
  const { ticket } = (await post('', { userName, password })) as unknown as NextStep;
  const { secret } = (await post('/enrolment', { ticket })) as { secret: string };
  const code = written(codeAt(secret, clock.at));
  const { recoveryCodes, ...tokens } = (await post('/enrolment/confirm', {
    ticket,
    code,
  })) as unknown as SessionTokens & { recoveryCodes: string[] };
  return { id: row.id, person, tokens, secret, recoveryCodes };
}
