import type { MutantArea } from '../mutant.ts';

const file = 'backend/app/commands/doctor.ts';
const tests = ['backend/app/commands/doctor.test.ts'];

export const rows: MutantArea = {
  area: 'doctor',
  mutants: [
    {
      id: 'doctor-exit',
      rule: 'The doctor exits with 1 when it finds a fault.',
      file,
      find: "return findings.some(({ state }) => state === 'fault') ? 1 : 0;",
      replace: 'return 0;',
      tests,
    },
    {
      id: 'doctor-key-mode',
      rule: 'The doctor names a key that other users can read.',
      file,
      find: '& 0o077',
      replace: '& 0o007 & 0o070',
      tests,
    },
    {
      id: 'doctor-clock',
      rule: 'The doctor names a clock that is behind the last event.',
      file,
      find: 'ahead > clockToleranceMs',
      replace: 'ahead < -clockToleranceMs',
      tests,
    },
    {
      id: 'doctor-off',
      rule: 'The doctor leaves out directories that are off.',
      file,
      find: "    .where('enabled', '=', 1)\n",
      replace: '',
      tests,
    },
  ],
};
