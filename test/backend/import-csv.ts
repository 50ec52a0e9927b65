import type { ImportField } from '../../shared/api/import-file.ts';
import type { ImportView } from '../../shared/api/import-view.ts';
import { expect } from 'vitest';
import type { deskOf } from './desk-call.ts';

type Caller = Pick<ReturnType<typeof deskOf>, 'call'>;

interface CsvFile {
  readonly csv: string;
  /** The fields of the columns, in their order. */
  readonly fields: readonly ImportField[];
  readonly header?: boolean;
  readonly source?: string;
  readonly complete?: boolean;
}

/** Uploads a file over HTTP; returns what it would change. */
export async function analyseCsv(
  { call }: Caller,
  { csv, fields, header = false, ...more }: CsvFile,
): Promise<ImportView> {
  const { body } = await call<{ id: string }>('POST', '/imports', {
    fileName: 'people.csv',
    bytesTotal: Buffer.byteLength(csv),
    mapping: {
      encoding: 'utf-8',
      delimiter: ',',
      header,
      columns: Object.fromEntries(fields.map((field, at) => [field, at])),
    },
    ...more,
  });
  const read = await call<ImportView>('PUT', `/imports/${body.id}/content`, csv, {
    'content-type': 'application/octet-stream',
  });
  expect([read.status, read.body.state]).toEqual([200, 'ready']);
  return read.body;
}

/** Waits until an import is applied. */
export async function appliedImport({ call }: Caller, importId: string): Promise<ImportView> {
  for (;;) {
    const { body } = await call<ImportView>('GET', `/imports/${importId}`);
    if (body.state !== 'running') return body;
  }
}

/** Uploads a file over HTTP, confirms it and waits until it is applied. */
export async function importCsv(caller: Caller, file: CsvFile): Promise<ImportView> {
  const { id } = await analyseCsv(caller, file);
  const confirmed = await caller.call('POST', `/imports/${id}/confirm`, {});
  expect(confirmed).toMatchObject({ status: 200 });
  return appliedImport(caller, id);
}
