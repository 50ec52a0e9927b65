import { expect, it } from 'vitest';
import { errorCodes } from '../errors/codes.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { possibleErrors } from './possible-errors.ts';

/** An unknown path · the stored reasons of a failed import · published, but no longer used · what the pages say · the upload of a source's file. */
const codesWithoutEndpoint = [
  'request.not-found',
  'import.interrupted',
  'import.stopped',
  'check.already-pending',
  'directory.outcome-unknown',
  'account-source.no-files',
];

it('every other code belongs to an endpoint', () => {
  const possible = new Set(Object.values<Endpoint>(endpoints).flatMap((each) => [...possibleErrors(each)]));
  expect(errorCodes.filter((code) => !possible.has(code))).toEqual(codesWithoutEndpoint);
});

it('no endpoint declares a code twice', () => {
  const twice = Object.values<Endpoint>(endpoints).filter(
    ({ errors }) => new Set(errors).size < errors.length,
  );
  expect(twice.map(({ id }) => id)).toEqual([]);
});
