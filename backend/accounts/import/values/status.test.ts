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

  it.each(['2', '17', '0x12', '-7', '-7=aa', '1 = left', '2: leaver', '3 (retired)', '0x10 = hired'])(
    'that is a code of the exporting system is asked about unless the column holds bits: %s',
    (text) => {
      expect(readStatus(text, 'state')).toBeNull();
      expect(readStatus(text, 'bits')).not.toBeNull();
    },
  );
});
