import type { ImportField } from '../../shared/api/import-file.ts';
import { importCsv } from './import-csv.ts';
import type { OperatorScope, Role } from '../../shared/api/operator.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { PolicyView } from '../../shared/api/policy-calls.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { startDeskWithSamples } from './desk-with-samples.ts';
import { administrator, type startTestBackend, type TestBackendOptions } from './start-test-backend.ts';
import { deskOf } from './desk-call.ts';
import { codeAt, join } from './join-operator.ts';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;
const password = 'Quiet+Harbour7';
const step = 30_000;

/** An operator at work over HTTP. The test decides how fresh their proof is. */
export interface Member extends ReturnType<typeof deskOf> {
  readonly id: string;
  readonly userName: string;
  readonly password: string;
  /** Codes to sign in without an authenticator, each valid once. */
  readonly recoveryCodes: readonly string[];
  readonly accessToken: () => string;
  readonly refreshToken: () => string;
  /** Reauthenticates the operator in the same session, unless that happened within the last minute. */
  readonly prove: () => Promise<void>;
  /** Renews the access token without a proof. */
  readonly renew: () => Promise<void>;
  /** The same person at a second console. */
  readonly elsewhere: () => Promise<Member>;
}

function memberOf(
  backend: Backend,
  first: SessionTokens,
  person: {
    readonly userName: string;
    readonly password: string;
    readonly secret?: string;
    readonly recoveryCodes?: readonly string[];
  },
): Member {
  let tokens = first;
  const ask: Backend['ask'] = (method, path, body, headers) =>
    backend.ask(method, path, body, { ...headers, authorization: `Bearer ${tokens.accessToken}` });
  const post = async (path: string, body: object) => {
    const answer = await backend.ask('POST', `/api/v1/session${path}`, body);
    const answered = (await answer.json()) as unknown;
    if (answer.status >= 400)
      throw new Error(`POST /session${path}: ${answer.status} ${JSON.stringify(answered)}`);
    return answered;
  };
  return {
    ...deskOf(ask, ''),
    id: first.session.operator.id,
    userName: person.userName,
    password: person.password,
    recoveryCodes: person.recoveryCodes ?? [],
    accessToken: () => tokens.accessToken,
    refreshToken: () => tokens.refreshToken,
    prove: async () => {
      if (backend.clock.at - Date.parse(tokens.session.authenticatedAt) < 60_000) return;
      const proof = { refreshToken: tokens.refreshToken, password: person.password };
      tokens = (await post('/reauthenticate', proof)) as SessionTokens;
    },
    renew: async () => {
      tokens = (await post('/refresh', { refreshToken: tokens.refreshToken })) as SessionTokens;
    },
    elsewhere: async () => {
      const { userName } = person;
      const { ticket } = (await post('', { userName, password: person.password })) as { ticket: string };
      // A code is valid once: the next one is due half a minute later.
      backend.clock.at += step;
      const code = codeAt(person.secret ?? '', backend.clock.at);
      return memberOf(backend, (await post('/code', { ticket, code })) as SessionTokens, person);
    },
  };
}

/** A backend with its mails in the outbox, the sample accounts, and an administrator who can hire and who reads the outbox. */
export async function startStaffedDesk(options: TestBackendOptions = {}) {
  // A test file signs in more often than any computer of a desk.
  const { backend, tokens: first } = await startDeskWithSamples(undefined, {
    strangersPerMinute: 6000,
    ...options,
  });
  const ann = memberOf(backend, first, administrator);
  const outbox = async () =>
    (await ann.call<{ mails: { id: string; to: string; kind: string }[] }>('GET', '/outbox?limit=200')).body
      .mails;

  return {
    backend,
    ann,
    /** Invites an operator, who joins with a second factor. */
    hire: async (
      userName: string,
      displayName: string,
      roles: readonly Role[],
      scope: Partial<OperatorScope> = {},
    ): Promise<Member> => {
      await ann.prove();
      const joined = await join(backend, ann.accessToken(), {
        userName,
        displayName,
        password,
        roles,
        scope,
      });
      const { tokens, secret, recoveryCodes } = joined;
      return memberOf(backend, tokens, { userName, password, secret, recoveryCodes });
    },
    /** Returns the code that was mailed last. */
    lastCode: async (): Promise<string> => {
      const mail = (await outbox()).find(({ kind }) => kind === 'code');
      const { body } = await ann.call<{ text: string }>('GET', `/outbox/${mail?.id ?? 'none'}`);
      return (/is (\d{3} \d{3})/.exec(body.text)?.[1] ?? '').replace(' ', '');
    },
    /** Puts a policy in force that is derived from the current one. */
    changePolicy: async (change: (document: PolicyDocument) => Partial<PolicyDocument>): Promise<void> => {
      await ann.prove();
      const { body } = await ann.call<PolicyView>('GET', '/policy');
      const document = { ...body.document, ...change(body.document) };
      await ann.call('PUT', '/policy', { basedOn: body.version, document });
    },
    /** Changes one account as an import would. Columns that are not given stay unchanged. */
    importRow: async (row: Readonly<Record<string, string>>): Promise<void> => {
      await ann.prove();
      const csv = `${Object.values(row).join(',')}\r\n`;
      await importCsv(ann, { csv, fields: Object.keys(row) as ImportField[], source: 'samples' });
    },
  };
}
export type StaffedDesk = Awaited<ReturnType<typeof startStaffedDesk>>;
