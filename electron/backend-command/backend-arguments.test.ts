import { describe, expect, it } from 'vitest';
import { backendArguments } from './backend-arguments.ts';

describe('the command line of the executable', () => {
  it.each([
    [['reset-desk']],
    [['reset-desk', '--no-sandbox']],
    [['reset-desk', '--', '--backend']],
    [['reset-desk', '--backend-anything']],
    [['--backend']],
  ])('means the console: %j', (argv) => {
    expect(backendArguments(argv)).toBeNull();
  });

  it('means the backend, with what follows the two dashes as it is', () => {
    expect(backendArguments(['reset-desk', '--no-sandbox', '--backend', '--'])).toEqual([]);
    expect(backendArguments(['reset-desk', '--backend'])).toEqual([]);
    expect(
      backendArguments(['reset-desk', '--backend', '--', 'audit', 'verify', '--', '--no-sandbox']),
    ).toEqual(['audit', 'verify', '--', '--no-sandbox']);
  });
});
