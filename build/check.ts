import { runChecks } from './checks.ts';
import { addCounts } from './steps.ts';
import { closingLines } from './test-count.ts';

/** `npm run check`: everything that is checked without running the code. */
const total = addCounts(await runChecks());
console.log(`\n${closingLines(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
