import { describe, expect } from 'vitest';
import { apiTest, staffedTest } from '../../fixtures/api.ts';

const linesOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'));

describe('the export of cases', () => {
  const it = apiTest.extend('exported', ({ desk, backend }) => async (query = '') => {
    const answer = await backend.ask('GET', `/api/v1/cases/export${query}`, undefined, {
      authorization: `Bearer ${desk.token}`,
    });
    return { status: answer.status, type: answer.headers.get('content-type'), csv: await answer.text() };
  });

  it('has a line for each case, newest first', async ({ desk, exported }) => {
    const first = await desk.openCase('m.okafor');
    await desk.call('POST', `/cases/${first.id}/refuse`, { reason: 'could-not-verify' });
    await desk.openCase('m.okafor');
    const { type, csv } = await exported();
    expect(type).toContain('text/csv');
    const [header, ...rows] = linesOf(csv);
    expect(header?.slice(0, 3)).toEqual(['Case', 'Name', 'User name']);
    expect(rows.map(([number, name, userName]) => [number, name, userName])).toEqual([
      ['2', 'Marlene Okafor', 'm.okafor'],
      ['1', 'Marlene Okafor', 'm.okafor'],
    ]);
    expect(rows.map((row) => row.slice(-2))).toEqual([
      ['Open', 'No reset'],
      ['Refused', 'Refused'],
    ]);
  });

  it('holds to the filter of the list', async ({ desk, exported }) => {
    const first = await desk.openCase('m.okafor');
    await desk.call('POST', `/cases/${first.id}/refuse`, { reason: 'could-not-verify' });
    await desk.openCase('m.okafor');
    expect(
      linesOf((await exported('?show=refused')).csv)
        .slice(1)
        .map(([number]) => number),
    ).toEqual(['1']);
    expect(linesOf((await exported('?account=nobody.here')).csv)).toHaveLength(1);
  });

  it('disables formulas in what operators typed', async ({ desk, exported }) => {
    const { id } = await desk.openCase('m.okafor');
    await desk.call('PATCH', `/cases/${id}`, { ticket: '=HYPERLINK("x")' });
    expect((await exported()).csv).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe('who may export cases', () => {
  staffedTest('gives an operator no case of others', async ({ staffedDesk, operator }) => {
    const other = await staffedDesk.hire('lea', 'Lea Legal', ['operator'], {
      departments: ['Legal'],
      tiers: [],
      directories: [],
    });
    const as = ({ accessToken }: typeof other, query: string) =>
      staffedDesk.backend.ask('GET', `/api/v1/cases/export${query}`, undefined, {
        authorization: `Bearer ${accessToken()}`,
      });
    await operator.openCase('m.okafor');
    expect(linesOf(await (await as(other, '')).text())).toHaveLength(1);
    expect((await as(other, '?whose=all')).status).toBe(403);
  });

  staffedTest('records who exported which cases', async ({ staffedDesk, operator }) => {
    const auditor = await staffedDesk.hire('audra', 'Audra Auditor', ['auditor']);
    await staffedDesk.backend.ask('GET', '/api/v1/cases/export?show=refused', undefined, {
      authorization: `Bearer ${operator.accessToken()}`,
    });
    const { body } = await auditor.call<{ events: object[] }>('GET', '/audit/events?action=cases.exported');
    expect(body.events).toMatchObject([
      {
        action: 'cases.exported',
        actor: { name: 'Olga Operator' },
        facts: { filter: '{"whose":"own","show":"refused"}' },
      },
    ]);
  });
});
