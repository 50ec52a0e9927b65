import { describe, expect, it } from 'vitest';
import { DirectoryFault, orOnFault } from './directory-fault.ts';

describe('a call that may fail with its directory', () => {
  it('has the other value if the directory fails', async () => {
    expect(await orOnFault(Promise.resolve(1), null)).toBe(1);
    expect(await orOnFault(Promise.reject(new DirectoryFault('unreachable')), null)).toBeNull();
  });

  it('does not hide another error', async () => {
    await expect(orOnFault(Promise.reject(new TypeError('a bug')), null)).rejects.toThrow('a bug');
  });
});
