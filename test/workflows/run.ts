import { fileURLToPath } from 'node:url';
import { lintWorkflows } from './lint.ts';

/**
 * Lints the project's workflows. Without Python, zizmor is reported as skipped; in continuous integration on Linux, that is a failure.
 */
const isRequired = process.env['CI'] !== undefined && process.platform === 'linux';
const linted = await lintWorkflows(fileURLToPath(new URL('../../.github/workflows', import.meta.url)));
for (const { linter, result } of linted) {
  console.log(
    result === null
      ? `SKIPPED: ${linter} needs python3 with venv and the Python Package Index.`
      : `${linter}: ${result.code === 0 ? 'no findings' : `findings\n${result.output}`}`,
  );
}
process.exitCode = linted.every(({ result }) => (result === null ? !isRequired : result.code === 0)) ? 0 : 1;
