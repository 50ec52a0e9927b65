import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { scimClient } from '../backend/scim-client.ts';
import { startStaffedDesk } from '../backend/staffed-desk.ts';
import { findTester, run } from './install.ts';

/**
 * Tests the SCIM server with the independent scim2-tester. Without Python, the run is reported as skipped; in continuous integration it fails. Writes
 * `out/test/scim2-tester.json`.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Counts {
  readonly SUCCESS: number;
  readonly SKIPPED: number;
  readonly [status: string]: number;
}

async function tryServer(python: string): Promise<{ passed: number; failed: number }> {
  const desk = await startStaffedDesk();
  // The tester changes and removes more users than a provider does in an hour.
  await desk.changePolicy((document) => ({
    accounts: { ...document.accounts, massChange: { percent: 100, accounts: 10_000 } },
  }));
  const { source, value } = await scimClient(desk);
  const script = fileURLToPath(new URL('check.py', import.meta.url));
  const { code, output } = await run(python, [
    script,
    `${desk.backend.address()}/scim/v2/${source.id}`,
    value,
  ]);
  const unexpected = desk.backend.lines.filter((line) => line.includes('"event":"unexpected"'));
  await desk.backend.stop();
  console.log(output.trim());
  for (const line of unexpected.slice(0, 5)) console.log(line);
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !last.startsWith('{')) return { passed: 0, failed: 1 };
  const { SUCCESS: passed, SKIPPED: _skipped, ...others } = JSON.parse(last) as Counts;
  const failed = Object.values(others).reduce((sum, count) => sum + count, unexpected.length);
  return { passed, failed };
}

await mkdir(`${root}out/test`, { recursive: true });
const python = await findTester();
const isRequired = process.env['CI'] !== undefined;
if (python === null)
  console.log('SKIPPED: scim2-tester needs python3 with venv and the Python Package Index.');
const count = python === null ? { passed: 0, failed: isRequired ? 1 : 0 } : await tryServer(python);
await writeFile(`${root}out/test/scim2-tester.json`, JSON.stringify(count));
process.exitCode = count.failed === 0 ? 0 : 1;
