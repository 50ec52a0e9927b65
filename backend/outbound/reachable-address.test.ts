import { describe, expect, it } from 'vitest';
import { isReachableAddress } from './reachable-address.ts';

describe('an address that only a cloud or this network card answers', () => {
  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '::ffff:0:a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    'fe80::1',
    'fd00:ec2::254',
    'fd00:0ec2:0:0:0:0:0:254',
    '100.100.100.200',
    '64:ff9b::6464:64c8',
    '168.63.129.16',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    'ff02::1',
    '255.255.255.255',
  ])('is refused: %s', (address) => {
    expect(isReachableAddress(address)).toBe(false);
  });
});

describe('an address where a server of the organisation may be', () => {
  it.each([
    '10.0.0.5',
    'fd00::1',
    '127.0.0.1',
    '100.64.0.1',
    '64:ff9b::a00:5',
    '2002:c000:201::1',
    '2001:db8::1',
  ])('is reached: %s', (address) => {
    expect(isReachableAddress(address)).toBe(true);
  });
});
