import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFilter } from '../../../shared/api/audit.ts';
import { openAuditForTest } from '../open-audit-for-test.ts';
import { NotAnExport, verifyFile } from '../verify/verify-file.ts';
import { cefLine } from './cef.ts';
import { exportEvents } from './export-events.ts';

describe('an exported audit log', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  let file: string;
  beforeEach(async () => {
    audit = await openAuditForTest();
    file = join(audit.folder, 'audit.jsonl');
    await audit.append(150);
  });
  afterEach(() => audit.close());

  const write = async (filter: AuditFilter = {}) => {
    const lines: string[] = [];
    const { key, clock } = audit;
    const options = {
      format: 'jsonl',
      filter,
      upTo: 1_000_000,
      key,
      version: '1.0.0',
      at: clock.at,
    } as const;
    for await (const line of exportEvents(audit.store.db, options)) lines.push(line);
    writeFileSync(file, lines.join(''));
    return lines;
  };
  const change = (work: (lines: string[]) => string[]) =>
    writeFileSync(file, work(readFileSync(file, 'utf8').split('\n')).join('\n'));
  const at = (lines: string[], seq: number) => lines.findIndex((line) => line.includes(`"seq":${seq},`));

  it('verifies offline and names its key', async () => {
    await write();
    expect(await verifyFile(file)).toMatchObject({
      events: 150,
      head: { seq: 150 },
      signedUpTo: 150,
      keyId: audit.key.keyId,
      whole: true,
      fault: null,
    });
  });

  it('fails verification against another key', async () => {
    await write();
    const stranger = (await openAuditForTest()).key.publicKey;
    expect((await verifyFile(file, { publicKey: stranger })).fault).toMatchObject({
      kind: 'other-key',
      seq: 64,
    });
  });

  it.each<[string, (lines: string[]) => string[], object]>([
    [
      'altered',
      (lines) => lines.with(at(lines, 40), (lines[at(lines, 40)] ?? '').replace('"done"', '"refused"')),
      { kind: 'altered', seq: 40 },
    ],
    ['removed', (lines) => lines.toSpliced(at(lines, 40), 1), { kind: 'removed', seq: 40, to: 40 }],
    [
      'inserted',
      (lines) => lines.toSpliced(at(lines, 40), 0, lines[at(lines, 40)] ?? ''),
      { kind: 'inserted', seq: 40 },
    ],
    [
      'reordered',
      (lines) => [
        ...lines.slice(0, at(lines, 40)),
        lines[at(lines, 41)] ?? '',
        lines[at(lines, 40)] ?? '',
        ...lines.slice(at(lines, 42)),
      ],
      { kind: 'reordered', seq: 40 },
    ],
    ['altered', (lines) => lines.with(at(lines, 40), 'not json'), { kind: 'altered', seq: 40 }],
    ['cut-off', (lines) => lines.slice(0, at(lines, 100)), { kind: 'cut-off', seq: 100 }],
    [
      'cut-off',
      (lines) => [...lines.slice(0, at(lines, 149)), ...lines.slice(-2)],
      { kind: 'cut-off', seq: 149 },
    ],
    [
      'checkpoint',
      (lines) => lines.filter((line) => !line.includes('"type":"checkpoint","seq":64')),
      { kind: 'checkpoint', seq: 64 },
    ],
    ['file', (lines) => lines.with(0, (lines[0] ?? '').replace('1.0.0', '1.0.1')), { kind: 'file' }],
  ])('names what was %s in it', async (_kind, work, expected) => {
    await write();
    change(work);
    expect((await verifyFile(file)).fault).toMatchObject(expected);
  });

  it('verifies a filtered export event by event and as a whole', async () => {
    const lines = await write({ account: 'account-3', from: '2026-03-01T09:00:30Z' });
    // The log has no account of that name. A filter that finds nothing exports nothing.
    expect(lines).toHaveLength(2);
    await write({ action: 'account', from: '2026-03-01T09:00:30Z', to: '2026-03-01T09:01:00Z' });
    expect(await verifyFile(file)).toMatchObject({ events: 30, whole: false, fault: null });
    change((all) => all.with(5, (all[5] ?? '').replace('"done"', '"failed"')));
    expect((await verifyFile(file)).fault).toMatchObject({ kind: 'altered', seq: 34 });
    await write({ action: 'account', to: '2026-03-01T09:01:00Z' });
    change((all) => all.toSpliced(7, 1));
    expect((await verifyFile(file)).fault).toMatchObject({ kind: 'removed' });
  });

  it('is not valid without a signature by the key, even with the right digests', async () => {
    await write({ action: 'account', to: '2026-03-01T09:01:00Z' });
    change((all) => {
      const [cut, end = ''] = [all.toSpliced(7, 1).filter((line) => line !== ''), all.at(-2)];
      const body = cut.slice(0, -1);
      const digest = createHash('sha256')
        .update(body.map((line) => `${line}\n`).join(''))
        .digest('hex');
      const stated = JSON.parse(end) as { events: number };
      return [...body, JSON.stringify({ ...stated, events: stated.events - 1, digest }), ''];
    });
    expect((await verifyFile(file)).fault).toMatchObject({ kind: 'file' });
  });

  it('is distinguished from other files', async () => {
    writeFileSync(file, 'line,reason\n1,bad\n');
    await expect(verifyFile(file)).rejects.toThrow(NotAnExport);
  });
});

it('is escaped in CEF as its header and its extension want it', () => {
  const line = cefLine(
    {
      seq: 7,
      at: 1_772_355_600_000,
      actor_kind: 'operator',
      actor_id: 'op=1',
      actor_name: 'Ann | Ex=ample\\',
      account_id: null,
      case_id: 'c-1',
      action: 'check.failed',
      outcome: 'failed',
      facts: '{"note":"first line\\nsecond = \\\\"}',
      policy_version: 3,
      client_address: '::ffff:192.0.2.7',
      client: 'Reset Desk\r\n1',
      previous_hash: '0a',
      hash: '0b',
    },
    '1.0|beta',
  );
  expect(line).toBe(
    String.raw`CEF:0|Reset Desk|Reset Desk|1.0\|beta|check.failed|Check failed|6|` +
      String.raw`rt=1772355600000 externalId=7 cat=check.failed outcome=failed suser=Ann | Ex\=ample\\ suid=op\=1 sourceUserPrivileges=operator ` +
      String.raw`src=192.0.2.7 requestClientApplication=Reset Desk\r\n1 cs1=c-1 cs1Label=case ` +
      String.raw`cs2={"note":"first line\\nsecond \= \\\\"} cs2Label=facts cs3=0a cs3Label=previousHash cs4=0b cs4Label=hash cn1=3 cn1Label=policyVersion`,
  );
});
