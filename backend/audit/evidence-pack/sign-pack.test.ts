import { describe, expect, it } from 'vitest';
import { eventHash } from '../../store/append-event.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import type { AuditEventsTable } from '../../store/tables.ts';
import { eventLine } from '../export/json-lines.ts';
import type { CaseReport } from './case-report.ts';
import { signPack, verifyPack } from './sign-pack.ts';

const key = createAuditKey(new Uint8Array(32).fill(3));

const eventAt = (seq: number): AuditEventsTable => {
  const event = {
    seq,
    at: seq * 1000,
    actor_kind: 'operator',
    actor_id: 'op-1',
    actor_name: 'Ann Operator',
    account_id: 'account-1',
    case_id: 'case-1',
    action: 'case.changed',
    outcome: 'done',
    facts: '{}',
    policy_version: 1,
    client_address: null,
    client: null,
    previous_hash: '0'.repeat(64),
  } as const;
  return { ...event, hash: eventHash(event) };
};

const at = '2026-03-01T09:00:00.000Z';
const report: CaseReport = {
  format: 'reset-desk-evidence/1',
  product: 'Reset Desk 0.0.0-test',
  issuedAt: at,
  issuedBy: 'Ann Operator',
  keyId: key.keyId,
  publicKey: key.publicKey,
  case: {
    id: 'case-1',
    number: 1,
    state: 'closed',
    ticket: null,
    reason: null,
    openedAt: at,
    endedAt: at,
    refusalReason: null,
    refusalNote: null,
  },
  account: {
    id: 'account-1',
    userName: 'm.okafor',
    displayName: 'Marlene Okafor',
    tier: 'standard',
    department: null,
    directory: 'built-in',
  },
  operator: { id: 'op-1', displayName: 'Ann Operator' },
  checks: [],
  approvals: [],
  grants: [],
  issued: [],
  reveals: [],
  notifications: [],
  events: [1, 2, 3].map((seq) => eventLine(eventAt(seq)) as CaseReport['events'][number]),
  chain: { head: null, signed: null },
};

interface Pack {
  story: CaseReport;
  signature: string;
}
const altered = (change: (pack: Pack) => void): string => {
  const pack = JSON.parse(signPack(report, key)) as Pack;
  change(pack);
  return JSON.stringify(pack);
};
describe('a signed evidence pack', () => {
  it('verifies under its own key and under the known one', () => {
    expect(verifyPack(signPack(report, key))?.fault).toBeNull();
    expect(verifyPack(signPack(report, key), key.publicKey)?.fault).toBeNull();
  });

  it('does not verify under another key', () => {
    const other = createAuditKey(new Uint8Array(32).fill(4));
    expect(verifyPack(signPack(report, key), other.publicKey)?.fault).toEqual({ kind: 'signature' });
  });

  it.each([1, 2, 3])('does not verify without its event %i', (seq) => {
    const pack = altered(({ story }) => {
      story.events.splice(seq - 1, 1);
    });
    expect(verifyPack(pack)?.fault).toEqual({ kind: 'signature' });
  });

  it('does not verify with an event that was altered and rehashed', () => {
    const pack = altered(({ story }) => {
      const { hash: _hash, ...event } = { ...eventAt(2), outcome: 'refused' };
      story.events[1] = eventLine({ ...event, hash: eventHash(event) }) as CaseReport['events'][number];
    });
    expect(verifyPack(pack)?.fault).toEqual({ kind: 'signature' });
  });

  it('names an event that was altered', () => {
    const pack = altered(({ story }) => {
      const event = story.events[1];
      if (event) event.outcome = 'refused';
    });
    expect(verifyPack(pack)?.fault).toEqual({ kind: 'event', seq: 2 });
  });

  it('covers every text of the case, the account and the operator', () => {
    for (const part of ['case', 'account', 'operator'] as const) {
      for (const [name, value] of Object.entries(report[part])) {
        if (typeof value !== 'string') continue;
        const pack = altered(({ story }) =>
          Object.assign(story[part], {
            [name]: value === at ? '2026-03-01T10:00:00.000Z' : `${value} or not`,
          }),
        );
        expect([part, name, verifyPack(pack)?.fault?.kind]).toEqual([part, name, 'signature']);
      }
    }
  });
});
