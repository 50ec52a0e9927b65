import { expect, it } from 'vitest';
import { apiMisfit } from './api-fit.ts';

it.each([
  [1, 1, 1, 1, null],
  [1, 3, 1, 1, null],
  [1, 3, 2, 2, null],
  [1, 3, 3, 5, null],
  [2, 3, 1, 1, 'server.too-new'],
  [1, 1, 2, 3, 'server.too-old'],
  [4, 4, 1, 3, 'server.too-new'],
])('a server of API %i to %i and a console of %i to %i: %s', (from, to, oldest, newest, misfit) => {
  expect(apiMisfit({ oldest: from, newest: to }, { oldest, newest })).toBe(misfit);
});
