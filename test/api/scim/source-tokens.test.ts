import { describe, expect } from 'vitest';
import type { AccountSource, SourceToken } from '../../../shared/api/account-sources.ts';
import type { ProposedAnswer } from '../../../shared/api/protected-change-view.ts';
import { openSource, scimClient } from '../../backend/scim-client.ts';
import { sharedDeskTest as it } from '../../fixtures/api.ts';

describe('a token of an account source', () => {
  it('opens the base of its own source alone', async ({ staffedDesk }) => {
    const [one, other] = [await scimClient(staffedDesk, 'One'), await scimClient(staffedDesk, 'Other')];
    expect((await one.send('GET', '/ServiceProviderConfig')).status).toBe(200);
    const elsewhere = await fetch(
      `${staffedDesk.backend.address()}/scim/v2/${other.source.id}/ServiceProviderConfig`,
      { headers: { authorization: `Bearer ${one.value}` } },
    );
    expect(elsewhere.status).toBe(401);
    expect(elsewhere.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('opens nothing of the Reset API', async ({ staffedDesk }) => {
    const { value } = await scimClient(staffedDesk, 'Apart');
    const api = await staffedDesk.backend.ask('GET', '/api/v1/accounts?q=a', undefined, {
      authorization: `Bearer ${value}`,
    });
    expect(api.status).toBe(401);
  });

  it('cannot be replaced by the token of an operator', async ({ staffedDesk }) => {
    const { ann } = staffedDesk;
    const { send } = await scimClient(staffedDesk, 'No operators');
    const own = await send('GET', '/Users', undefined, { authorization: `Bearer ${ann.accessToken()}` });
    expect(own.status).toBe(401);
  });

  it('leaves no value behind once it was shown', async ({ staffedDesk }) => {
    const { ann, backend } = staffedDesk;
    const { source, token, value } = await openSource(ann, 'Once');
    const path = `/account-sources/${source.id}/tokens/${token.id}/value`;
    expect(await ann.call('POST', path, {})).toMatchObject({ body: { code: 'source-token.settled' } });
    expect(JSON.stringify(await backend.readTables())).not.toContain(value.slice(6));
    expect(backend.lines.join('\n')).not.toContain(value.slice(6));
  });

  it('expires', async ({ staffedDesk }) => {
    const { ann, backend } = staffedDesk;
    const { send, source, token } = await scimClient(staffedDesk, 'Ends');
    expect((await send('GET', '/Users')).status).toBe(200);
    await backend.changeRows((db) =>
      db
        .updateTable('source_tokens')
        .set({ expires_at: backend.clock.at })
        .where('id', '=', token.id)
        .execute(),
    );
    expect((await send('GET', '/Users')).status).toBe(401);
    const { body } = await ann.call<{ sources: AccountSource[] }>('GET', '/account-sources');
    expect(body.sources.find(({ id }) => id === source.id)?.tokens).toMatchObject([
      { id: token.id, state: 'expired', lastUsedAt: expect.any(String) },
    ]);
  });

  it('is refused once it is revoked', async ({ staffedDesk }) => {
    const { send, source, token } = await scimClient(staffedDesk, 'Revoked');
    const path = `/account-sources/${source.id}/tokens/${token.id}`;
    expect(await staffedDesk.ann.call<SourceToken>('DELETE', path)).toMatchObject({
      body: { state: 'revoked' },
    });
    expect((await send('GET', '/Users')).status).toBe(401);
  });

  it('is refused at the source’s address once the source is removed', async ({ staffedDesk }) => {
    const { send, source } = await scimClient(staffedDesk, 'Removed');
    expect((await staffedDesk.ann.call('DELETE', `/account-sources/${source.id}`)).status).toBe(200);
    expect((await send('GET', '/Users')).status).toBe(401);
  });

  it('that is wrong leaves one event without its value', async ({ staffedDesk }) => {
    const { send } = await scimClient(staffedDesk, 'Wrong');
    const made = 'rdsrc_made-up-token-made-up-token-made';
    for (let call = 0; call < 3; call += 1)
      expect((await send('GET', '/Users', undefined, { authorization: `Bearer ${made}` })).status).toBe(401);
    const events = await staffedDesk.backend.readTable('audit_events');
    const refused = events.filter(({ action }) => action === 'source.token-refused');
    expect(refused).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(made.slice(6));
  });

  it('is shown only to the administrator who asked for it, once another one has approved it', async ({
    staffedDesk,
  }) => {
    const { ann, hire } = staffedDesk;
    const { source } = await openSource(ann, 'Agreed');
    const bea = await hire('bea-tokens', 'Bea Second', ['administrator']);
    await ann.prove();
    const path = `/account-sources/${source.id}/tokens`;
    const asked = await ann.call<ProposedAnswer>('POST', path, { label: 'Later', days: 30 });
    expect(asked.status).toBe(202);
    await bea.prove();
    await bea.call('POST', `/protected-changes/${asked.body.protectedChange.id}/decision`, {
      decision: 'approve',
      reason: 'as agreed',
    });
    const tokens = async () =>
      (await ann.call<{ sources: AccountSource[] }>('GET', '/account-sources')).body.sources.find(
        ({ id }) => id === source.id,
      )?.tokens ?? [];
    const token = (await tokens()).find(({ label }) => label === 'Later');
    expect(token).toMatchObject({ state: 'agreed', own: true });
    const show = `${path}/${token?.id}/value`;
    expect(await bea.call('POST', show, {})).toMatchObject({ body: { code: 'source-token.not-yours' } });
    expect(await ann.call('POST', show, {})).toMatchObject({ status: 200 });
  });
});
