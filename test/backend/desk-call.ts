import type { CaseView } from '../../shared/api/case.ts';
import type { MailSink } from '../fixtures/mail-sink.ts';
import type { startTestBackend } from './start-test-backend.ts';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

/** A response: the status and the JSON, whatever it contains. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** An operator's requests over HTTP, as the console or another API client with a token sends them. */
export function deskOf(ask: Backend['ask'], accessToken: string) {
  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const answer = await ask(method, `/api/v1${path}`, body, {
      authorization: `Bearer ${accessToken}`,
      ...headers,
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const accountId = async (q: string) => {
    const { body } = await call<{ hits: { id: string }[] }>('GET', `/accounts?q=${encodeURIComponent(q)}`);
    return body.hits[0]?.id ?? '';
  };
  return {
    call,
    token: accessToken,
    accountId,
    openCase: async (q: string, more: object = {}) =>
      (await call<CaseView>('POST', '/cases', { accountId: await accountId(q), ...more })).body,
    startCode: (caseId: string) =>
      call<{ case: CaseView; code?: string }>('POST', `/cases/${caseId}/checks`, { kind: 'emailed-code' }),
    readBack: async (view: CaseView, code: string) => {
      const check = view.checks.find(({ kind }) => kind === 'emailed-code')?.attempt?.id ?? '';
      return call<{ outcome: string; case: CaseView; code?: string }>(
        'POST',
        `/cases/${view.id}/checks/${check}/answer`,
        { kind: 'emailed-code', code },
      );
    },
    mint: (caseId: string, action: string) =>
      call<{ id: string; code?: string }>('POST', `/cases/${caseId}/grants`, { action }),
    reset: (caseId: string, grantId: string, action: string, key: string) =>
      call<{ reset: CaseView['resets'][number]; temporaryPassword: string | null; code?: string }>(
        'POST',
        `/cases/${caseId}/resets`,
        { grantId, action },
        { 'idempotency-key': key },
      ),
  };
}

/** The code in the next mail to the address that contains one; notifications may arrive first. */
export async function codeFor(sink: MailSink, address: string): Promise<string> {
  for (;;) {
    const { text = '' } = await sink.mailTo(address);
    const [, code] = /is (\d{3} \d{3})/.exec(text) ?? [];
    if (code !== undefined) return code.replace(' ', '');
  }
}

/** The path of the link in the next mail to the address that contains one; notifications may arrive first. */
export async function linkFor(sink: MailSink, address: string): Promise<string> {
  for (;;) {
    const { text = '' } = await sink.mailTo(address);
    const [, path] = /https?:\/\/[^/\s]+(\/reset\/\S+)/.exec(text) ?? [];
    if (path !== undefined) return path;
  }
}

/** The pages behind mailed links answer their forms with a redirect to the result, which tests follow. */
const answeredByRedirect: ReadonlySet<string> = new Set([
  '/not-me',
  '/report',
  '/managers-word',
  '/invitation',
]);

/**
 * A browser of the self-service pages, reduced to forms and cookies. It follows the redirect from a form to its result; redirects after an accepted
 * form are left to the test.
 */
export function browserOf(ask: Backend['ask']) {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, form?: Record<string, string>) => {
    const answer = await ask(
      method,
      path,
      form === undefined ? undefined : new URLSearchParams(form).toString(),
      {
        ...(form && { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    );
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return {
      status: answer.status,
      to: answer.headers.get('location'),
      text: await answer.text(),
      headers: answer.headers,
    };
  };
  const go = async (method: string, path: string, form?: Record<string, string>) => {
    const answer = await send(method, path, form);
    if (answer.to === null || method !== 'POST') return answer;
    const isOutcome = answer.to.includes('result=') || answeredByRedirect.has(path);
    return isOutcome ? send('GET', answer.to) : answer;
  };
  return {
    go,
    signIn: (userName: string, password: string) => go('POST', '/login', { userName, password }),
    choose: (password: string, repeated = password) => go('POST', '/change-password', { password, repeated }),
  };
}
