import { setTimeout } from 'node:timers/promises';
import type { startTestBackend } from '../backend/start-test-backend.ts';
import { deskOf } from '../backend/desk-call.ts';
import { benchCsv } from './account-rows.ts';

/** Milliseconds in which the backend warms its search up by itself after an import. */
const warmUpMs = 12_000;

/** Imports `count` invented accounts into a backend through its own import, and waits until it has warmed its search up. */
export async function importAccounts(
  { ask }: Pick<Awaited<ReturnType<typeof startTestBackend>>, 'ask'>,
  accessToken: string,
  count: number,
): Promise<void> {
  const { body } = await deskOf(ask, accessToken).call<{ id: string }>('POST', '/imports', {
    fileName: 'bench.csv',
    bytesTotal: null,
    mapping: {
      encoding: 'utf-8',
      delimiter: ',',
      header: true,
      columns: { userName: 0, displayName: 1, email: 2, phone: 3, employeeNumber: 4, department: 5 },
    },
  });
  const answer = await ask(
    'PUT',
    `/api/v1/imports/${body.id}/content`,
    Buffer.concat([...benchCsv(count)]).toString(),
    {
      'content-type': 'application/octet-stream',
      authorization: `Bearer ${accessToken}`,
    },
  );
  if (!answer.ok) throw new Error(`The import answered ${answer.status}`);
  const { call } = deskOf(ask, accessToken);
  await call('POST', `/imports/${body.id}/confirm`, {});
  for (let state = 'running'; state === 'running';)
    ({ state } = (await call<{ state: string }>('GET', `/imports/${body.id}`)).body);
  await setTimeout(warmUpMs);
}
