import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

const heapTests = ['electron/features/handover/secret-memory.test.ts'];

/**
 * Tests of what happens before or beside the store: who may call which endpoint, texts as they are typed, what identity providers and other servers
 * send, limits in memory, and drills, whose database is always SQLite; and long tables of attackers' ways and of links whose state has changed, which
 * make the same statements as other tests. They run once.
 */
const besideTheStore = [
  'backend/self-service/{choose-password,sign-in-timing}.test.ts',
  'test/api/access/every-endpoint.test.ts',
  'test/api/attacks/{attacks,strangers-in-the-log}.test.ts',
  'test/api/attacks/persons/*.test.ts',
  'test/api/drill/*.test.ts',
  'test/api/operators/{back-channel-logout,identifiers,identity-provider}.test.ts',
  'test/api/outbound/{own-authority,trust-settings}.test.ts',
  'test/api/policy/password-verdicts.test.ts',
  'test/api/self-service/{as-typed,links-that-die}.test.ts',
  'test/api/verification/codes-as-typed.test.ts',
];

/** Files whose tests take long, though the files are short. */
const longest = [
  'test/directories/keycloak.test.ts',
  'test/directories/active-directory.test.ts',
  'test/directories/openldap.test.ts',
  'test/api/attacks/attacks.test.ts',
  'test/api/attacks/persons/persons.test.ts',
  'test/machine/machine.test.ts',
  'renderer/screens/settings/policy/policy-form.test.tsx',
  'test/directories/directory-389.test.ts',
  'test/pages/no-discovery.test.ts',
];

/** Starts the files that take longest first, so that the last ones to end are short. Vitest starts large files first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- vitest's own sort, which is not that of arrays.
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.endsWith(name));
    const placeOf = ({ moduleId }: TestSpecification) => longest.findIndex((name) => moduleId.endsWith(name));
    const first = sorted.filter(isLongest).toSorted((a, b) => placeOf(a) - placeOf(b));
    return [...first, ...sorted.filter((file) => !isLongest(file))];
  }
}

/** Unit tests are beside their file; tests of the API cross a boundary and are in `test/`. */
export default defineConfig({
  root,
  plugins: [react()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          isolate: false,
          include: [
            '{shared,backend,electron,build}/**/*.test.ts',
            'test/{api,console,directories,docs,faults,machine,mutants,pages,tooling,workflows}/**/*.test.ts',
          ],
          exclude: heapTests,
        },
      },
      {
        extends: true,
        test: {
          // Reads its own heap, which is so large in a process with many files that a test takes a minute.
          name: 'heap',
          environment: 'node',
          include: heapTests,
        },
      },
      {
        extends: true,
        test: {
          // Runs everything that a database could change once more on PostgreSQL: the API, import and search.
          name: 'postgresql',
          environment: 'node',
          isolate: false,
          include: [
            'test/{api,postgresql}/**/*.test.ts',
            'test/faults/kills.test.ts',
            'backend/accounts/{feeds,file-feeds,import,search}/*.test.ts',
            'backend/self-service/*.test.ts',
            'backend/store/{append-only,store}.test.ts',
            'backend/app/configuration/*.test.ts',
          ],
          exclude: ['**/*.sqlite.test.ts', ...besideTheStore],
          globalSetup: 'test/postgresql/global-setup.ts',
          setupFiles: ['test/postgresql/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          // Importing React and Mantine takes longer than most of the tests.
          isolate: false,
          include: ['renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['test/renderer/setup.ts'],
        },
      },
    ],
    // Generous: on two cores, three files share the processor with PostgreSQL, Samba and Keycloak.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Mails leave one after the other, a second apart, and machines are sometimes slow, so polls wait longer.
    expect: { poll: { timeout: 10_000 } },
    sequence: { sequencer: LongestFirst },
    // More than two cores: most tests wait for most of their time, for a killed process's claim, a read of a directory or the next poll of a queue.
    maxWorkers: 5,
    // Backends allocate much that dies soon: with a larger young heap the collector runs less often, for a twentieth less of processor time.
    execArgv: ['--max-semi-space-size=64'],
    // Retried only on CI, as for the end-to-end tests; the reporter then names the test with the number of its tries.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
