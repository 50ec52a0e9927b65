import { describe, expect, it } from 'vitest';
import { readStatus } from './status.ts';

describe('a cell of a status column', () => {
  it.each([
    ['512', ['active']],
    ['514', ['disabled']],
    ['0x202', ['disabled']],
    ['66050 = NORMAL_ACCOUNT | ACCOUNTDISABLE', ['disabled']],
    ['0x200 (NORMAL_ACCOUNT)', ['active']],
    ['528: locked', ['locked']],
    ['ADS_UF_NORMAL_ACCOUNT, ADS_UF_ACCOUNTDISABLE', ['disabled']],
  ] as const)('that can be a userAccountControl is read as one: %s', (text, statuses) => {
    expect(readStatus(text, 'state')).toEqual(statuses);
    expect(readStatus(text, 'bits')).toEqual(statuses);
  });

  it.each(['2', '17', '0x12', '-7', '-7=aa', '3 (retired)', '0x10 = hired'])(
    'that is a code of the exporting system is asked about unless the column holds bits: %s',
    (text) => {
      expect(readStatus(text, 'state')).toBeNull();
      expect(readStatus(text, 'bits')).not.toBeNull();
    },
  );

  it.each([
    ['User disabled', ['disabled']],
    ['pas actif', ['disabled']],
    ['not disabled', ['active']],
    ['1 - Active', ['active']],
    ['3 aktiv', ['active']],
    ['2: leaver', ['disabled']],
    ['T – Terminated', ['disabled']],
    ['ausgetreten am 31.03.2026', ['disabled']],
    ['Active since 2020', ['active']],
    ['Active (A)', ['active']],
    ['Active (terminated)', ['active', 'disabled']],
    ['Suspended (unpaid)', ['disabled']],
    ['[UD         ]', ['disabled']],
    ['[U          ]', ['active']],
    ['ЛОЖЬ', ['disabled']],
    ['1.0', ['active']],
  ] as const)('is read by all its words: %s', (text, statuses) => {
    expect(readStatus(text, 'state')).toEqual(statuses);
  });

  it.each([
    'Active (on leave)',
    'Active - on leave',
    'Active until 2025',
    'aktiv 31.12.2025',
    'not locked not active',
  ])('is asked about if a word of it may end what the others say: %s', (text) => {
    expect(readStatus(text, 'state')).toBeNull();
  });

  it.each([
    ['blocked', '2026-10-01T10:00:00Z', ['disabled']],
    ['blocked', 'never', []],
    ['unlocked', 'false', ['locked']],
    ['unexpired', 'no', ['expired']],
    ['sap-lock', '0', ['active']],
    ['sap-lock', '64', ['disabled']],
    ['sap-lock', '128', ['locked']],
    ['sap-lock', '192', ['disabled', 'locked']],
  ] as const)('of a column of the kind %s is read: %s', (kind, text, statuses) => {
    expect(readStatus(text, kind)).toEqual(statuses);
  });
});
