import { expect, it } from 'vitest';
import { isLoopbackHost, networkOf } from './addresses.ts';

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
