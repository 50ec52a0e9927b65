import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'hashing queue',
  mutants: [
    {
      id: 'hash-bound',
      rule: 'A lane holds only so many waiting hashes.',
      file: 'backend/passwords/password-hashing/hashing-queue.ts',
      find: 'if (waiting.length >= maxQueued) throw new HashingBusy();',
      replace: '',
      tests: ['backend/passwords/password-hashing/hashing-queue.test.ts'],
    },
    {
      id: 'hash-concurrent',
      rule: 'Only so many hashes run at once.',
      file: 'backend/passwords/password-hashing/hashing-queue.ts',
      find: 'running < maxConcurrent',
      replace: 'running <= maxConcurrent',
      tests: ['backend/passwords/password-hashing/hashing-queue.test.ts'],
    },
    {
      id: 'hash-after-failure',
      rule: 'A hash that failed frees its place.',
      file: 'backend/passwords/password-hashing/hashing-queue.ts',
      find: 'try {\n          return await work();\n        } finally {\n          releaseSlot();\n        }',
      replace: 'const done = await work();\n        releaseSlot();\n        return done;',
      tests: ['backend/passwords/password-hashing/hashing-queue.test.ts'],
    },
    {
      id: 'hash-turns',
      rule: 'The lanes take turns.',
      file: 'backend/passwords/password-hashing/hashing-queue.ts',
      find: 'lanes.push(lane);\n    //',
      replace: 'lanes.unshift(lane);\n    //',
      tests: ['backend/passwords/password-hashing/hashing-queue.test.ts'],
    },
    {
      id: 'hash-cores',
      rule: 'A thread of the pool stays free.',
      file: 'backend/passwords/password-hashing/hashing-queue.ts',
      find: 'Math.min(Math.max(cores, 2), 3)',
      replace: 'Math.max(cores, 2)',
      tests: ['backend/passwords/password-hashing/hashing-queue.test.ts'],
    },
  ],
};
