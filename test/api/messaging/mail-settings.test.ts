import { describe, expect } from 'vitest';
import { newBackendTest } from '../../fixtures/api.ts';

describe('mail over the Reset API', () => {
  const smtp = {
    transport: 'smtp',
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    userName: 'desk',
    from: 'desk@example.com',
  };
  const it = newBackendTest.extend(
    'ask',
    ({ backend, tokens }) =>
      async (method: string, path: string, body?: unknown) => {
        const answer = await backend.ask(method, `/api/v1${path}`, body, {
          authorization: `Bearer ${tokens.accessToken}`,
        });
        return answer.json() as Promise<Record<string, unknown>>;
      },
  );

  it('is kept in an outbox that can be read, until a mail server is set', async ({ ask }) => {
    const sent = await ask('POST', '/settings/mail/test', { to: 'ann@example.com' });
    expect(sent).toEqual({ delivery: 'kept-in-outbox', answer: null });
    const { mails } = (await ask('GET', '/outbox')) as { mails: { id: string }[] };
    const mail = await ask('GET', `/outbox/${mails[0]?.id ?? ''}`);
    expect(mail).toMatchObject({
      to: 'ann@example.com',
      kind: 'test',
      text: expect.stringContaining('test mail') as string,
    });
    expect(await ask('GET', '/outbox/..%2F..%2Fsecret.key')).toMatchObject({ code: 'mail.not-found' });
  });

  it('never answers the stored password', async ({ ask }) => {
    const changed = await ask('PUT', '/settings/mail', { ...smtp, password: 'a mail password' });
    expect(changed).toEqual({
      ...smtp,
      passwordStored: true,
      fixed: false,
      unreachableAddress: expect.stringContaining('127.0.0.1') as string,
    });
    expect(await ask('GET', '/outbox')).toMatchObject({ active: false, folder: null });
  });

  it('reports why a test mail failed: nothing answers at its host and port', async ({ ask }) => {
    await ask('PUT', '/settings/mail', { ...smtp, password: 'a mail password' });
    const failed = await ask('POST', '/settings/mail/test', { to: 'ann@example.com' });
    expect(failed).toMatchObject({
      status: 502,
      code: 'mail.failed',
      detail: 'No server answers at this host and port.',
    });
  });

  describe('behind a public address', () => {
    const behind = it.override('backendOptions', { publicUrl: 'https://desk.example.com' });
    behind('says nothing about where links lead', async ({ ask }) => {
      expect(await ask('GET', '/settings/mail')).toMatchObject({ unreachableAddress: null });
    });
  });

  it('needs a server’s name for SMTP', async ({ ask }) => {
    const refused = await ask('PUT', '/settings/mail', { ...smtp, host: ' ' });
    expect(refused).toMatchObject({ code: 'request.invalid', fields: [{ path: 'body.host' }] });
  });
});
