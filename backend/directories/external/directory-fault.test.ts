import { describe, expect, it } from 'vitest';
import { DirectoryFault } from './directory-fault.ts';
import { connectionSteps, type ConnectionReport } from './external-directory.ts';

describe('a directory fault', () => {
  it('says its code, detail, server and the server’s code', () => {
    const fault = new DirectoryFault('right-missing', {
      detail: 'reset-password',
      server: 'dc1.example.com:636',
      serverCode: '50',
    });
    expect(fault.message).toBe('right-missing reset-password dc1.example.com:636 50');
    expect(new DirectoryFault('unreachable').message).toBe('unreachable');
  });
});

describe('a connection report', () => {
  it('has its steps in the order in which they are tried', () => {
    const steps: readonly ConnectionReport['servers'][number]['steps'][number]['step'][] = connectionSteps;
    expect(steps).toEqual(['connect', 'certificate', 'bind', 'read-base', 'rights']);
  });
});
