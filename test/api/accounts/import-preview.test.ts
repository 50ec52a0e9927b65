import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import type { ImportPreview } from '../../../shared/api/import-file.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import type { Problem } from '../../../shared/errors/problem.ts';
import { apiTest } from '../../fixtures/api.ts';
import { workbook } from '../../fixtures/workbook.ts';

describe('the preview of an account file over HTTP', () => {
  const it = apiTest.extend('preview', ({ backend, desk }) => async (bytes: Buffer, query = '') => {
    const answer = await fetch(`${backend.address()}/api/v1/imports/preview${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    return { status: answer.status, body: (await answer.json()) as ImportPreview & Problem };
  });

  it('reads a workbook whole even if it is larger than the head of a text', async ({ preview }) => {
    // Random names do not compress.
    const people = Array.from({ length: 9000 }, (_person, at) => [`u${at}`, `Ann ${randomUUID()}`]);
    const bytes = workbook([['Login', 'Full name'], ...people]);
    expect(bytes.length).toBeGreaterThan(256 * 1024);
    const { status, body } = await preview(bytes);
    expect(status).toBe(200);
    expect(body).toMatchObject({ format: 'workbook', mapping: { columns: { userName: 0, displayName: 1 } } });
    expect(body.people[0]).toMatchObject({ line: 2, userName: 'u0', statuses: ['active'] });
  });

  it('ends a day in the time zone of the desk', async ({ desk, preview }) => {
    const file = Buffer.from('Login,Full name,Valid until\nu1,Ann One,2026-12-31\n');
    const before = await preview(file);
    const { body: policy } = await desk.call<PolicyView>('GET', '/policy');
    const deskContact = { ...policy.document.deskContact, timeZone: 'America/New_York' };
    const document = { ...policy.document, deskContact };
    const changed = await desk.call('PUT', '/policy', { basedOn: policy.version, document });
    expect(changed.status).toBe(200);
    expect((await preview(file)).body.people[0]?.expiresAt).toBe('2027-01-01T04:59:59.999Z');
    expect(before.body.people[0]?.expiresAt).not.toBe('2027-01-01T04:59:59.999Z');
  });

  it('shows the rows with a mapping that the client gives', async ({ preview }) => {
    const file = Buffer.from('Login,Full name,Zustand des Kontos\nu1,Ann One,Karenz\n');
    const { body: proposed } = await preview(file);
    expect(proposed.unused).toEqual([{ column: 2, field: 'status' }]);
    const mapping = { ...proposed.mapping, columns: { ...proposed.mapping.columns, status: 2 } };
    const asked = await preview(file, `?mapping=${encodeURIComponent(JSON.stringify(mapping))}`);
    expect(asked.body).toMatchObject({
      unknownStatuses: [{ word: 'Karenz', rows: 1 }],
      people: [{ statuses: ['disabled'] }],
    });
    const answered = { ...mapping, statuses: { karenz: 'active' } };
    const { body } = await preview(file, `?mapping=${encodeURIComponent(JSON.stringify(answered))}`);
    expect(body).toMatchObject({ unknownStatuses: [], people: [{ statuses: ['active'] }] });
    for (const text of ['{', '[]', '{"encoding":"utf-7"}'])
      expect((await preview(file, `?mapping=${encodeURIComponent(text)}`)).body.code).toBe('import.mapping');
  });

  it('refuses a file that is no list of accounts with advice', async ({ preview }) => {
    const { status, body } = await preview(Buffer.from('%PDF-1.7\n'));
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'import.not-csv',
      detail: expect.stringContaining('Export the list as CSV'),
    });
  });
});
