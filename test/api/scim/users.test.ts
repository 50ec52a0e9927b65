import { describe, expect } from 'vitest';
import type { AccountView } from '../../../shared/api/account.ts';
import { enterpriseUrn, entraUser, scimClient } from '../../backend/scim-client.ts';
import type { Member } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

const it = sharedDeskTest.extend('scim', { scope: 'file' }, ({ staffedDesk }) => scimClient(staffedDesk));

const viewOf = async (ann: Member, id: string) =>
  (await ann.call<AccountView>('GET', `/accounts/${id}`)).body;

describe('a user that an identity provider keeps by SCIM', () => {
  it('becomes an account of the built-in directory', async ({ scim, staffedDesk }) => {
    const made = await scim.create(
      entraUser('frida', 'Frida Berg', {
        phoneNumbers: [
          { type: 'work', value: '+49 30 5550100' },
          { type: 'mobile', value: '+49 151 5550100' },
        ],
        [enterpriseUrn]: { employeeNumber: 'F-1', department: 'Logistics' },
      }),
    );
    expect(made.status).toBe(201);
    expect(made.headers.get('content-type')).toContain('application/scim+json');
    expect(made.headers.get('location')).toBe(made.body.meta.location);
    expect(made.headers.get('etag')).toBe('W/"1"');
    expect(await viewOf(staffedDesk.ann, made.body.id)).toMatchObject({
      userName: 'frida',
      displayName: 'Frida Berg',
      department: 'Logistics',
      employeeNumber: 'F-1',
      phoneMasked: expect.stringMatching(/100$/),
    });
  });

  it('is found by the attributes that identity providers match', async ({ scim }) => {
    const { body } = await scim.create(entraUser('gesa', 'Gesa Holm'));
    for (const filter of [
      'userName eq "GESA"',
      'externalId eq "ext-gesa"',
      'emails[type eq "work"].value eq "Gesa@example.com"',
      'emails.value eq "gesa@example.com"',
      `id eq "${body.id}"`,
      'userName sw "ges" and not (displayName co "nobody") and active eq true',
      'displayName pr and (userName eq "gesa" or userName eq "nobody")',
      'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "gesa"',
      `meta.created gt "2001-01-01T00:00:00Z" and userName eq "gesa"`,
    ]) {
      const found = await scim.find(filter);
      expect([filter, found.status, found.body.totalResults]).toEqual([filter, 200, 1]);
    }
    expect((await scim.find('userName eq "gesa" and active eq false')).body.totalResults).toBe(0);
    expect(await scim.find('userName eq')).toMatchObject({
      status: 400,
      body: { scimType: 'invalidFilter', status: '400' },
    });
  });

  it('is listed by pages with the attributes that the client wants', async ({ scim }) => {
    for (const name of ['page-1', 'page-2', 'page-3']) await scim.create(entraUser(name, `Page ${name}`));
    const second = await scim.find('userName sw "page-"', '&startIndex=2&count=1&attributes=userName');
    expect(second.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
    expect(Object.keys(second.body.Resources[0]).toSorted()).toEqual(['id', 'schemas', 'userName']);
    const none = await scim.send('GET', '/Users?count=0');
    expect(none.body).toMatchObject({ itemsPerPage: 0, Resources: [] });
    expect(none.body.totalResults).toBeGreaterThan(2);
    const without = await scim.find('userName eq "page-1"', '&excludedAttributes=emails,name.familyName');
    expect(without.body.Resources[0].emails).toBeUndefined();
  });

  it('is changed by the dialects of Entra ID and Okta', async ({ scim, staffedDesk }) => {
    const { body } = await scim.create(entraUser('hedda', 'Hedda Lund'));
    const entra = await scim.patch(
      body.id,
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 151 5550111' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'hedda.lund@example.com' },
      { op: 'Replace', value: { displayName: 'Hedda Lund-Berg', [`${enterpriseUrn}:department`]: 'Sales' } },
    );
    expect(entra.status).toBe(200);
    expect(entra.body).toMatchObject({
      active: false,
      displayName: 'Hedda Lund-Berg',
      emails: [{ type: 'work', primary: true, value: 'hedda.lund@example.com' }],
      phoneNumbers: [{ type: 'mobile', value: '+49 151 5550111' }],
      [enterpriseUrn]: { department: 'Sales' },
      meta: { version: 'W/"2"' },
    });
    const account = await viewOf(staffedDesk.ann, body.id);
    expect(account).toMatchObject({
      displayName: 'Hedda Lund-Berg',
      department: 'Sales',
      statuses: ['disabled'],
    });
    const okta = await scim.patch(body.id, { op: 'replace', value: { active: true } });
    expect(okta.body.active).toBe(true);
    const removed = await scim.patch(
      body.id,
      { op: 'remove', path: 'phoneNumbers[type eq "mobile"]' },
      { op: 'remove', path: `${enterpriseUrn}:department` },
    );
    expect(removed.body.phoneNumbers).toBeUndefined();
    expect(removed.body[enterpriseUrn]).toBeUndefined();
    expect(await viewOf(staffedDesk.ann, body.id)).toMatchObject({ department: null, phoneMasked: null });
  });

  it('is changed only at the version that the client names', async ({ scim }) => {
    const { body } = await scim.create(entraUser('inga', 'Inga Dahl'));
    const path = `/Users/${body.id}`;
    const known = await scim.send('GET', path, undefined, { 'if-none-match': 'W/"1"' });
    expect(known.status).toBe(304);
    const put = entraUser('inga', 'Inga Dahl-Moe');
    expect((await scim.send('PUT', path, put, { 'if-match': 'W/"1"' })).status).toBe(200);
    expect((await scim.send('PUT', path, entraUser('inga', 'Old'), { 'if-match': 'W/"1"' })).status).toBe(
      412,
    );
    expect((await scim.send('GET', path)).body).toMatchObject({
      displayName: 'Inga Dahl-Moe',
      meta: { version: 'W/"2"' },
    });
    // An unchanged user is not written.
    expect((await scim.send('PUT', path, put)).headers.get('etag')).toBe('W/"2"');
  });

  it('is closed when it is deleted, until it is created again', async ({ scim, staffedDesk }) => {
    const { body } = await scim.create(entraUser('jorun', 'Jorun Vik'));
    expect((await scim.send('DELETE', `/Users/${body.id}`)).status).toBe(204);
    expect((await scim.send('GET', `/Users/${body.id}`)).status).toBe(404);
    expect((await viewOf(staffedDesk.ann, body.id)).statuses).toEqual(['disabled']);
    const again = await scim.create(entraUser('jorun', 'Jorun Vik'));
    expect([again.status, again.body.id]).toEqual([201, body.id]);
    expect((await viewOf(staffedDesk.ann, body.id)).statuses).toEqual(['active']);
  });

  it('is not enabled by a change that leaves its status out', async ({ scim, staffedDesk }) => {
    const { body } = await scim.create(entraUser('jytte', 'Jytte Vik', { active: false }));
    const { active: _active, ...without } = entraUser('jytte', 'Jytte Vik-Moe', { active: false });
    expect((await scim.send('PUT', `/Users/${body.id}`, without)).status).toBe(200);
    await scim.patch(body.id, { op: 'remove', path: 'active' });
    expect((await viewOf(staffedDesk.ann, body.id)).statuses).toEqual(['disabled']);
  });

  it('is kept by another source once its own is removed', async ({ staffedDesk }) => {
    const first = await scimClient(staffedDesk, 'Old provider');
    const { body } = await first.create(entraUser('kaia', 'Kaia Moe', { externalId: 'e2b241101-kaia' }));
    await staffedDesk.ann.call('DELETE', `/account-sources/${first.source.id}`);
    const second = await scimClient(staffedDesk, 'Old provider');
    const again = await second.create(entraUser('kaia', 'Kaia Moe', { externalId: 'e2b241101-kaia' }));
    expect([again.status, again.body.id]).toEqual([201, body.id]);
  });

  it('is refused where another user has its name or id', async ({ scim }) => {
    await scim.create(entraUser('karin', 'Karin Moe'));
    const same = await scim.create(entraUser('KARIN', 'Karin Moe', { externalId: 'another' }));
    expect(same).toMatchObject({ status: 409, body: { scimType: 'uniqueness', status: '409' } });
    const { body: other } = await scim.create(entraUser('lone', 'Lone Moe'));
    const renamed = await scim.patch(other.id, { op: 'replace', path: 'userName', value: 'karin' });
    expect(renamed.status).toBe(409);
  });

  it('has no password in the database, the log or an answer', async ({ scim, staffedDesk }) => {
    const { body } = await scim.create(entraUser('maren', 'Maren Lie', { password: 'Hush+Harbour-77' }));
    await scim.patch(body.id, { op: 'replace', path: 'password', value: 'Hush+Harbour-78' });
    const stored = JSON.stringify(await staffedDesk.backend.readTables());
    expect(stored).not.toContain('Hush+Harbour');
    expect(staffedDesk.backend.lines.join('\n')).not.toContain('Hush+Harbour');
    expect((await scim.send('GET', `/Users/${body.id}`)).body.password).toBeUndefined();
  });

  it('has its manager found by the id that the provider sends', async ({ scim, staffedDesk }) => {
    const { body: chief } = await scim.create(entraUser('nora', 'Nora Chief'));
    const { body } = await scim.create(
      entraUser('oda', 'Oda Under', { [enterpriseUrn]: { manager: { value: chief.id } } }),
    );
    expect((await viewOf(staffedDesk.ann, body.id)).manager).toBe('nora');
  });

  it('has texts without invisible characters', async ({ scim }) => {
    const { body } = await scim.create(entraUser('petra', 'Petra\u200B \u202EBerg\u0000'));
    expect(body.displayName).toBe('Petra Berg');
    const blank = await scim.create(entraUser('pe tra', 'Petra Berg'));
    expect(blank).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
  });

  it('leaves an event about its account with each change', async ({ scim, staffedDesk }) => {
    const { body } = await scim.create(entraUser('ragna', 'Ragna Moe'));
    await scim.patch(body.id, {
      op: 'replace',
      path: 'emails[type eq "work"].value',
      value: 'r@example.com',
    });
    await scim.patch(body.id, { op: 'replace', path: `${enterpriseUrn}:department`, value: 'Ward 3' });
    const events = (await staffedDesk.backend.readTable('audit_events')).filter(
      ({ account_id: id, action }) => id === body.id && !String(action).startsWith('mail.'),
    );
    const actions = events.map(({ action }) => action);
    expect(actions).toEqual([
      'source.account-written',
      'account.contact-changed',
      'source.account-written',
      'account.details-changed',
      'source.account-written',
    ]);
    expect(JSON.stringify(events)).not.toContain('r@example.com');
  });
});

describe('the server of SCIM', () => {
  it('says what it can do', async ({ scim }) => {
    expect((await scim.send('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      changePassword: { supported: false },
    });
    expect(
      (await scim.send('GET', '/ResourceTypes')).body.Resources.map(({ id }: { id: string }) => id),
    ).toEqual(['User']);
    expect((await scim.send('GET', `/Schemas/${enterpriseUrn}`)).body.id).toBe(enterpriseUrn);
  });

  it.for([
    ['GET', '/Groups', 200],
    ['POST', '/Groups', 501],
    ['POST', '/Bulk', 501],
    ['GET', '/Me', 501],
    ['GET', '', 404],
    ['GET', '/nothing', 404],
    ['GET', '/Users/nobody', 404],
    ['DELETE', '/Users/nobody', 404],
    ['POST', '/ServiceProviderConfig', 405],
    ['POST', '/Users/.search', 200],
  ] as const)('answers errors in the format of SCIM: %s %s', async ([method, path, status], { scim }) => {
    const answer = await scim.send(method, path, method === 'POST' ? {} : undefined);
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  });

  it('refuses a body that is no JSON, too large, or of another type', async ({ scim }) => {
    expect(await scim.send('POST', '/Users', '{')).toMatchObject({
      status: 400,
      body: { scimType: 'invalidSyntax' },
    });
    expect((await scim.send('POST', '/Users', { userName: 'x'.repeat(300_000) })).status).toBe(413);
    expect((await scim.send('POST', '/Users', 'a=b', { 'content-type': 'text/plain' })).status).toBe(400);
  });
});
