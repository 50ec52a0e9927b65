import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import { runCommand } from '../../../backend/app/commands/run-command.ts';
import type { AuditEntry, ChainState } from '../../../shared/api/audit.ts';

describe('the audit log over HTTP', () => {
  const it = apiTest
    .extend('mailUrl', (): string | undefined => undefined)
    .extend(
      'list',
      ({ desk }) =>
        async (query = '') =>
          (await desk.call<{ events: AuditEntry[]; more: boolean }>('GET', `/audit/events${query}`)).body,
    )
    .extend('save', ({ backend, desk }) => async (query = '') => {
      const answer = await backend.ask('GET', `/api/v1/audit/export${query}`, undefined, {
        authorization: `Bearer ${desk.token}`,
      });
      const file = join(backend.dataFolder, 'export.jsonl');
      const text = await answer.text();
      writeFileSync(file, text);
      return { answer, text, file };
    })
    .extend('verify', ({ backend }) => async (...args: string[]) => {
      const lines: string[] = [];
      const variables = { RESET_DESK_DATABASE_URL: backend.database?.url };
      const words = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
      return { code: await runCommand(['audit', 'verify', ...args], variables, words), lines };
    });

  it('shows every event with who, from where, with what, under which policy', async ({ desk, list }) => {
    const opened = await desk.openCase('m.okafor');
    const { events } = await list('?limit=1');
    expect(events[0]).toMatchObject({
      action: 'case.opened',
      outcome: 'done',
      actor: { kind: 'operator', name: 'Ann Example', self: true },
      account: { displayName: 'Marlene Okafor' },
      caseId: opened.id,
      caseNumber: opened.number,
      policyVersion: 1,
      clientAddress: '127.0.0.1',
    });
    expect(events[0]?.client).not.toBeNull();
  });

  it('pages through what each filter finds', async ({ desk, list }) => {
    const opened = await desk.openCase('m.okafor');
    await desk.call('POST', `/cases/${opened.id}/refuse`, { reason: 'gave-up' });
    const actions = async (query: string) => (await list(query)).events.map(({ action }) => action);
    // The owner is notified asynchronously. From here on nothing is added to the log.
    await expect.poll(() => actions('?action=mail'), { timeout: 10_000 }).toEqual(['mail.kept-in-outbox']);
    const ofCases = async (query: string) =>
      (await actions(query)).filter((action) => action.startsWith('case.'));
    const all = await list();
    const first = await list('?limit=2');
    expect(first.more).toBe(true);
    const second = await list(`?limit=2&before=${first.events.at(-1)?.seq ?? 0}`);
    expect([...first.events, ...second.events]).toEqual(all.events.slice(0, 4));
    expect(await ofCases('?account=m.okafor')).toEqual(['case.refused', 'case.opened']);
    expect(await ofCases(`?case=${opened.number}`)).toEqual(['case.refused', 'case.opened']);
    expect(await actions('?action=case.opened')).toEqual(['case.opened']);
    expect(new Set(await actions('?action=case'))).toEqual(new Set(['case.refused', 'case.opened']));
    expect(await actions('?outcome=refused')).toEqual(['case.refused']);
    expect(await actions('?actor=example&action=case.opened')).toEqual(['case.opened']);
    expect(await actions('?account=unknown-name')).toEqual([]);
    expect(await actions('?action=no-such-thing')).toEqual([]);
    expect(await actions('?to=2026-03-01T09:00:00Z')).toEqual([]);
    const since = await list('?from=2026-03-01T09:00:00Z');
    expect(since.events.length).toBeGreaterThanOrEqual(all.events.length);
  });

  it('is exported as a file that verifies offline', async ({ save, verify }) => {
    const { answer, text, file } = await save();
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="reset-desk-audit-2026-03-01.jsonl"',
    );
    expect(text).toContain('"action":"audit.exported"');
    const { code, lines } = await verify('--file', file);
    expect(lines.join('\n')).toMatch(/^Unbroken: \d+ events/);
    expect(code).toBe(0);
  });

  it('is exported as CEF with a filter', async ({ desk, save }) => {
    await desk.openCase('m.okafor');
    const { text } = await save('?format=cef&action=case');
    expect(text).toMatch(/^CEF:0\|Reset Desk\|Reset Desk\|0\.0\.0-test\|case\.opened\|Case opened\|3\|rt=/);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('is unbroken after a stop and a restart', async ({ backend, verify }) => {
    await backend.restart();
    const { code, lines } = await verify('--data', backend.dataFolder);
    expect(code).toBe(0);
    const [, events, signed] = /up to event (\d+)\.\nSigned up to event (\d+) /.exec(lines.join('\n')) ?? [];
    expect(signed).toBe(events);
  });

  it('is checked by the backend itself, again when asked', async ({ desk, list }) => {
    const state = async () => (await desk.call<ChainState>('GET', '/audit/chain')).body;
    await expect.poll(async () => (await state()).check.state).toBe('unbroken');
    await desk.call('POST', '/audit/chain/check', {});
    await expect.poll(async () => (await list('?action=audit.checked')).events).toHaveLength(1);
    const now = await state();
    expect(now.check).toMatchObject({ state: 'unbroken', fault: null });
    expect(now.publicKey).toHaveLength(43);
  });

  it('is readable only with the right to read it', async ({ backend }) => {
    expect((await backend.ask('GET', '/api/v1/audit/events')).status).toBe(401);
    expect((await backend.ask('GET', '/api/v1/audit/export')).status).toBe(401);
  });
});
