import { describe, expect, it } from 'vitest';
import { backendArguments } from './backend-arguments.ts';

describe('backendArguments', () => {
  it.each([
    [['reset-desk']],
    [['reset-desk', '--no-sandbox']],
    [['reset-desk', '--', '--backend']],
    [['reset-desk', '--backend-anything']],
    [['--backend']],
  ])('starts the console for %j', (argv) => {
    expect(backendArguments(argv)).toBeNull();
  });

  it('starts the backend with the unchanged arguments after --', () => {
    expect(backendArguments(['reset-desk', '--no-sandbox', '--backend', '--'])).toEqual([]);
    expect(backendArguments(['reset-desk', '--backend'])).toEqual([]);
    expect(
      backendArguments(['reset-desk', '--backend', '--', 'audit', 'verify', '--', '--no-sandbox']),
    ).toEqual(['audit', 'verify', '--', '--no-sandbox']);
  });
});
