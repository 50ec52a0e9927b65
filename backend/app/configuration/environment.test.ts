import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

it('requires only the data folder', () => {
  expect(readEnvironment({ RESET_DESK_DATA: 'desk' })).toEqual({
    dataFolder: 'desk',
    host: '127.0.0.1',
    port: 8443,
  });
});

it('accepts PostgreSQL with and without a separate owner', () => {
  const [url, ownerUrl] = [
    'postgres://desk:pw@db.example.com/desk',
    'postgresql://owner:pw@db.example.com/desk',
  ];
  const read = (variables: Record<string, string>) =>
    readEnvironment({ RESET_DESK_DATA: 'desk', ...variables }).database;
  expect(read({ RESET_DESK_DATABASE_URL: url })).toEqual({ url });
  expect(read({ RESET_DESK_DATABASE_URL: url, RESET_DESK_DATABASE_OWNER_URL: ownerUrl })).toEqual({
    url,
    ownerUrl,
  });
  expect(() => read({ RESET_DESK_DATABASE_OWNER_URL: ownerUrl })).toThrow('RESET_DESK_DATABASE_URL');
  expect(() => read({ RESET_DESK_DATABASE_URL: 'mysql://desk:secret@db.example.com/desk' })).toThrow(
    /^(?![^]*secret)[^]*postgres:/,
  );
});

it('names every wrong variable', () => {
  const read = () => readEnvironment({ RESET_DESK_PORT: '70000', RESET_DESK_PUBLIC_URL: 'file:///etc' });
  expect(read).toThrow(/RESET_DESK_DATA[^]*RESET_DESK_PORT[^]*RESET_DESK_PUBLIC_URL/);
});

it('demands a public address where the backend listens on every address', () => {
  for (const host of ['0.0.0.0', '::', '[::]', '0:0:0:0:0:0:0:0', '0', '0.0', '00.0.0.0', '0x0', '']) {
    const variables = { RESET_DESK_DATA: 'desk', RESET_DESK_HOST: host };
    expect(() => readEnvironment(variables)).toThrow(
      /^RESET_DESK_PUBLIC_URL: set the address that users open/,
    );
    const publicUrl = 'https://desk.example.com';
    expect(readEnvironment({ ...variables, RESET_DESK_PUBLIC_URL: publicUrl })).toMatchObject({ publicUrl });
  }
});

it('refuses a public address that would break links, without repeating its password', () => {
  const read = (url: string) => readEnvironment({ RESET_DESK_DATA: 'desk', RESET_DESK_PUBLIC_URL: url });
  expect(() => read('https://ann:secret@desk.example.com')).toThrow(/^(?![^]*secret)[^]*user name/);
  expect(() => read('https://desk.example.com/?a=b')).toThrow('RESET_DESK_PUBLIC_URL: leave out');
  expect(read('https://desk.example.com/reset/')).toMatchObject({
    publicUrl: 'https://desk.example.com/reset',
  });
});

it.each([
  ['RESET_DESK_PORT', 'abc', 'write a whole number from 0 to 65535'],
  ['RESET_DESK_PORT', '', 'is empty'],
  ['RESET_DESK_PORT', '0x1F90', 'write a whole number'],
  ['RESET_DESK_DATABASE_WAIT', 'soon', 'write a whole number from 0 to 3600'],
  ['RESET_DESK_TRUST_PROXY', 'true', 'write addresses and networks'],
  ['RESET_DESK_TRUST_PROXY', '1', 'write addresses and networks'],
  ['RESET_DESK_TRUST_PROXY', '10.0.0.0/33', 'write addresses and networks'],
  ['RESET_DESK_TRUST_PROXY', '127.0.0.1,', 'write addresses and networks'],
  ['RESET_DESK_UPDATE_FEED', 'http://updates.example.com', 'write an https address'],
  ['RESET_DESK_UPDATE_FEED', 'https://ann:secret@updates.example.com', 'leave out the user name'],
  ['RESET_DESK_TLS_CERT', '', 'is empty'],
  ['RESET_DESK_DATABASE_URL', '', 'is empty'],
])('says what to write in %s instead of %j', (name, value, text) => {
  expect(() => readEnvironment({ RESET_DESK_DATA: 'desk', [name]: value })).toThrow(`${name}: ${text}`);
});

it.each(['127.0.0.1', '127.0.0.1, 10.0.0.0/8', '::1,fd00::/8', 'loopback'])(
  'trusts the proxies %s',
  (trustProxy) => {
    expect(readEnvironment({ RESET_DESK_DATA: 'desk', RESET_DESK_TRUST_PROXY: trustProxy })).toMatchObject({
      trustProxy,
    });
  },
);
