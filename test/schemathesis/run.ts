import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../shared/api/operator.ts';
import { startStaffedDesk } from '../backend/staffed-desk.ts';
import { findSchemathesis, run } from './install.ts';

/**
 * Tries every operation of the Reset API with schemathesis, as an operator of each role. Expects no server error, and no status or content type that
 * `/openapi.json` does not document. Writes `out/test/schemathesis.json`.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const seconds = Number(process.env['RESET_DESK_SCHEMATHESIS_SECONDS'] ?? 60);
const roles: readonly Role[] = ['operator', 'approver', 'auditor', 'administrator'];
const checks = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance'];
/** Streams that never end, and operations that end the session used for the others. */
const leftOut = [
  'followLive',
  'followLocked',
  'signOut',
  'endOwnSessions',
  'endOperatorSessions',
  'changeOwnPassword',
  'changeOperator',
  'setOperatorState',
  'resetSecondFactor',
];

async function tryAs(role: Role, program: string): Promise<boolean> {
  const desk = await startStaffedDesk();
  const member = role === 'administrator' ? desk.ann : await desk.hire('olga', 'Olga Operator', [role]);
  const config = fileURLToPath(new URL('schemathesis.toml', import.meta.url));
  // Generated at the first request, for which schemathesis waits at most ten seconds.
  await (await desk.backend.ask('GET', '/openapi.json')).text();
  const { code, output } = await run(program, [
    `--config-file=${config}`,
    'run',
    `${desk.backend.address()}/openapi.json`,
    `--header=Authorization: Bearer ${member.accessToken()}`,
    `--checks=${checks.join(',')}`,
    '--phases=coverage,fuzzing',
    `--max-time=${seconds}`,
    '--request-timeout=20',
    '--warnings=off',
    '--suppress-health-check=all',
    '--no-shrink',
    '--no-color',
    ...leftOut.map((id) => `--exclude-operation-id=${id}`),
  ]);
  // Undeclared codes fail a test backend when it stops.
  const stopped = await desk.backend.stop().then(
    () => null,
    (thrown: unknown) => String(thrown),
  );
  const unexpected = desk.backend.lines.filter((line) => line.includes('"event":"unexpected"'));
  console.log(`\n== ${role}\n${output}`);
  for (const line of [...unexpected.slice(0, 5), ...(stopped === null ? [] : [stopped])]) console.log(line);
  return code === 0 && unexpected.length === 0 && stopped === null;
}

await mkdir(`${root}out/test`, { recursive: true });
const program = await findSchemathesis();
let [passed, failed] = [0, 0];
if (program === null) {
  console.log('SKIPPED: schemathesis needs python3 with venv and the Python Package Index.');
} else {
  const outcomes = await Promise.all(roles.map((role) => tryAs(role, program)));
  passed = outcomes.filter(Boolean).length;
  failed = outcomes.length - passed;
}
await writeFile(`${root}out/test/schemathesis.json`, JSON.stringify({ passed, failed }));
process.exitCode = failed === 0 ? 0 : 1;
