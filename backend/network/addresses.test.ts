import { expect, it } from 'vitest';
import { isInNetworks, isLoopbackHost, networkOf } from './addresses.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['no address', 'no address'],
  ['', ''],
])('counts %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it.each(['localhost', '127.0.0.1', '127.8.0.9', '::1', '[::1]'])('takes %s for this computer', (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

it.each([
  '',
  'localhost.example.com',
  '127.0.0.1.example.com',
  '127.1',
  '0x7f.0.0.1',
  '10.0.0.1',
  '0.0.0.0',
  '[2001:db8::1]',
  '::',
])('does not take %s for this computer', (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});

it.each([
  ['192.0.2.7', '192.0.2.0/24', true],
  ['192.0.3.7', '192.0.2.0/24', false],
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.8', '192.0.2.7', false],
  ['::ffff:192.0.2.7', '192.0.2.0/24', true],
  ['2001:db8:1::9', '2001:db8::/32', true],
  ['2001:db9::9', '2001:db8::/32', false],
  ['2001:db8::9', '192.0.2.0/24', false],
  ['192.0.2.7', 'office', false],
  ['', '0.0.0.0/0', false],
])('%s is in %s: %s', (address, network, isIn) => {
  expect(isInNetworks(address, ['198.51.100.0/24', network])).toBe(isIn);
});
