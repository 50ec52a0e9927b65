import { once } from 'node:events';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { AccountSource, FileFeed } from '../../../shared/api/account-sources.ts';
import type { AccountView } from '../../../shared/api/account.ts';
import { limits } from '../../../shared/api/limits.ts';
import { importCsv } from '../../backend/import-csv.ts';
import { openSource } from '../../backend/scim-client.ts';
import type { StaffedDesk } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

const header = 'Login,Full name,Number,Department';

/** A source whose files are read, with a mapping that an administrator made once by hand. */
async function openFeed({ ann, backend }: StaffedDesk, name: string, complete: boolean, columns = header) {
  const { source, value } = await openSource(ann, name);
  const path = `/account-sources/${source.id}/feed`;
  await ann.call('PUT', path, { enabled: true, complete });
  await importCsv(ann, {
    csv: `${columns}\n${name}-first,First ${name},${name}-0,Ward`,
    fields: ['userName', 'displayName', 'employeeNumber', 'department'],
    source: name,
    header: true,
  });
  const folder = join(backend.dataFolder, source.feed.folder);
  await mkdir(folder, { recursive: true });
  const feed = async (): Promise<FileFeed | undefined> =>
    (await ann.call<{ sources: AccountSource[] }>('GET', '/account-sources')).body.sources.find(
      ({ id }) => id === source.id,
    )?.feed;
  return {
    source,
    value,
    folder,
    feed,
    runs: async () => (await feed())?.runs ?? [],
    drop: (file: string, text: string) => writeFile(join(folder, file), text),
  };
}

const it = sharedDeskTest;
const row = (name: string, at: number, department = 'Ward') =>
  `${name}-${at},Person ${at} ${name},${name}-${at},${department}`;
const rows = (name: string, count: number) => Array.from({ length: count }, (_row, at) => row(name, at + 1));

describe('a file that a source drops in its folder', () => {
  it('is imported once by the mapping of the last file with its columns', async ({ staffedDesk }) => {
    const { runs, drop } = await openFeed(staffedDesk, 'hr', false);
    const text = [header, row('hr', 1), row('hr', 2)].join('\n');
    await drop('staff.csv', text);
    await expect.poll(runs).toMatchObject([{ fileName: 'staff.csv', outcome: 'imported', created: 2 }]);
    // The same content under another name is not a new file.
    await drop('again.csv', text);
    await drop('next.csv', [header, row('hr', 1, 'Office')].join('\n'));
    await expect.poll(runs).toMatchObject([{ fileName: 'next.csv', changed: 1 }, { fileName: 'staff.csv' }]);
    const { ann } = staffedDesk;
    const { body } = await ann.call<AccountView>('GET', `/accounts/${await ann.accountId('hr-1')}`);
    expect(body).toMatchObject({ department: 'Office', employeeNumber: 'hr-1' });
    const events = await staffedDesk.backend.readTable('audit_events');
    expect(events.filter(({ action }) => action === 'source.file-read')).toHaveLength(2);
  });

  it('closes missing accounts if files are complete', async ({ staffedDesk }) => {
    const { ann } = staffedDesk;
    const { runs, drop } = await openFeed(staffedDesk, 'all', true);
    await drop('1.csv', [header, 'all-first,First all,all-0,Ward', ...rows('all', 3)].join('\n'));
    await expect.poll(runs).toMatchObject([{ outcome: 'imported', created: 3 }]);
    await drop('2.csv', [header, ...rows('all', 3)].join('\n'));
    await expect.poll(runs).toMatchObject([{ outcome: 'imported', closed: 1 }, {}]);
    const { body } = await ann.call<AccountView>('GET', `/accounts/${await ann.accountId('all-first')}`);
    expect(body.statuses).toEqual(['disabled']);
  });

  it('waits for an administrator if it would close very many accounts', async ({ staffedDesk }) => {
    const { ann } = staffedDesk;
    const { runs, drop } = await openFeed(staffedDesk, 'many', true);
    await drop('1.csv', [header, ...rows('many', 60)].join('\n'));
    await expect.poll(runs).toMatchObject([{ outcome: 'imported', created: 60 }]);
    const setEmail = (email: string | null) =>
      staffedDesk.backend.changeRows((db) =>
        db.updateTable('operators').set({ email }).where('id', '=', ann.id).execute(),
      );
    await setEmail('ann@example.com');
    await drop('2.csv', [header, row('many', 1)].join('\n'));
    await expect.poll(runs).toMatchObject([{ outcome: 'waiting', closed: 59 }, {}]);
    const told = async () => {
      const { body } = await ann.call<{ mails: { to: string; subject: string }[] }>(
        'GET',
        '/outbox?limit=200',
      );
      return body.mails.filter(({ subject }) => subject.startsWith('Many changes of accounts'));
    };
    await expect.poll(told).toMatchObject([{ to: 'ann@example.com' }]);
    await setEmail(null);
    const [waiting] = await runs();
    const { body } = await ann.call<AccountView>('GET', `/accounts/${await ann.accountId('many-9')}`);
    expect(body.statuses).toEqual(['active']);
    await ann.call('POST', `/imports/${waiting?.importId}/confirm`, {});
    await expect.poll(runs).toMatchObject([{ outcome: 'imported', closed: 59 }, {}]);
  });

  it('is not read through a link', async ({ staffedDesk }) => {
    const { runs, drop, folder } = await openFeed(staffedDesk, 'linked', false);
    await symlink('/etc/passwd', join(folder, 'link.csv'));
    await drop('whole.csv', [header, row('linked', 1)].join('\n'));
    await expect.poll(runs).toMatchObject([{ fileName: 'whole.csv', created: 1 }]);
  });

  it('is not read while it is being written', async ({ staffedDesk }) => {
    const { runs, drop, folder } = await openFeed(staffedDesk, 'slow', false);
    await drop('whole.csv.part', [header, row('slow', 1), row('slow', 2)].join('\n'));
    await drop('.hidden.csv', [header, row('slow', 3)].join('\n'));
    // Files that were dropped earlier are read earlier.
    await drop('before.csv', [header, row('slow', 4)].join('\n'));
    await expect.poll(runs).toMatchObject([{ fileName: 'before.csv' }]);
    await rename(join(folder, 'whole.csv.part'), join(folder, 'whole.csv'));
    await expect
      .poll(runs)
      .toMatchObject([{ fileName: 'whole.csv', created: 2 }, { fileName: 'before.csv' }]);
  });

  it.for([
    ['mapping-unknown', 'new.csv', `Login,Full name,Other\na,Ann,1`],
    ['columns-missing', 'empty.csv', 'One,Two\n1,2'],
    ['kind-unknown', 'picture.csv', '\u0089PNG\r\n\u001A\n\0\0\0'],
  ] as const)('is reported as unreadable once: %s', async ([fault, file, text], { staffedDesk }) => {
    const { runs, drop } = await openFeed(staffedDesk, fault, false);
    await drop(file, text);
    await expect.poll(runs).toMatchObject([{ fileName: file, outcome: 'failed', fault }]);
  });
});

describe('a file that a source uploads', () => {
  const upload = (desk: StaffedDesk, id: string, token: string, text: string, name = 'staff.csv') =>
    fetch(`${desk.backend.address()}/feeds/v1/${id}?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body: text,
    });

  it('is imported like a dropped one', async ({ staffedDesk }) => {
    const { source, value, runs } = await openFeed(staffedDesk, 'upload', false);
    const text = [header, row('upload', 1)].join('\n');
    const answer = await upload(staffedDesk, source.id, value, text, '../../Staff list.csv');
    expect([answer.status, await answer.json()]).toEqual([202, { fileName: '-..-Staff-list.csv' }]);
    await expect.poll(runs).toMatchObject([{ outcome: 'imported', created: 1 }]);
  });

  it('is refused without the source’s token', async ({ staffedDesk }) => {
    const { source } = await openFeed(staffedDesk, 'refused', false);
    const other = await openSource(staffedDesk.ann, 'other-source');
    const wrong = await upload(staffedDesk, source.id, other.value, header);
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Reset Desk"']);
  });

  it('is refused before it is sent if it is larger than account files may be', async ({ staffedDesk }) => {
    const { source, value } = await openFeed(staffedDesk, 'large', false);
    const sent = request(`${staffedDesk.backend.address()}/feeds/v1/${source.id}?name=staff.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${value}`, 'content-length': limits.importFile + 1 },
    });
    sent.write('Login');
    const [response] = (await once(sent, 'response')) as [{ statusCode: number }];
    sent.destroy();
    expect(response.statusCode).toBe(413);
  });

  it('is refused if the source’s files are off', async ({ staffedDesk }) => {
    const { source, value } = await openSource(staffedDesk.ann, 'no-files');
    const off = await upload(staffedDesk, source.id, value, header);
    expect(await off.json()).toMatchObject({ code: 'account-source.no-files' });
  });
});
