import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

it('needs the data folder alone', () => {
  expect(readEnvironment({ RESET_DESK_DATA: 'desk' })).toEqual({
    dataFolder: 'desk',
    host: '127.0.0.1',
    port: 8443,
  });
});

it('names every variable that is wrong', () => {
  const read = () => readEnvironment({ RESET_DESK_PORT: '70000', RESET_DESK_PUBLIC_URL: 'file:///etc' });
  expect(read).toThrow(/RESET_DESK_DATA[^]*RESET_DESK_PORT[^]*RESET_DESK_PUBLIC_URL/);
});
