import { beforeEach, inject } from 'vitest';
import { testServerVariable } from '../../backend/store/database-for-test.ts';

const server = inject('postgresql');
if (server !== null) process.env[testServerVariable] = server;

beforeEach(({ skip }) => {
  skip(server === null, 'PostgreSQL is not installed');
});
