import { expect, it } from 'vitest';
import { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { ExternalDirectory, PreparedReset } from '../external/external-directory.ts';
import { withNotedFaults } from './log-faults.ts';

const fail = () => Promise.reject(new DirectoryFault('unreachable', { server: 'graph.example.com:443' }));
const external = {
  read: fail,
  prepareReset: () => Promise.resolve({ setTemporaryPassword: fail } as unknown as PreparedReset),
  accessPasses: { issue: fail, withdraw: fail },
  signInMethods: { list: fail, remove: fail },
  capabilities: { unlock: true },
} as unknown as ExternalDirectory;

it.each<[string, (directory: ExternalDirectory) => Promise<unknown> | undefined]>([
  ['read', (directory) => directory.read('key')],
  [
    'setTemporaryPassword',
    async (directory) => (await directory.prepareReset('key')).setTemporaryPassword(new Secret('x')),
  ],
  ['withdraw', (directory) => directory.accessPasses?.withdraw('key')],
  ['list', (directory) => directory.signInMethods?.list('key')],
  ['remove', (directory) => directory.signInMethods?.remove('key', 'method')],
])('notes a fault of %s', async (call, make) => {
  const notes: unknown[] = [];
  const directory = withNotedFaults(external, (facts) => notes.push(facts));
  await expect(make(directory)).rejects.toThrow('unreachable');
  expect(notes).toEqual([{ call, fault: 'unreachable', server: 'graph.example.com:443' }]);
  expect(directory.capabilities).toEqual({ unlock: true });
});
