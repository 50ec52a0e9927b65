import { defineConfig } from '@playwright/test';
import type { ConsoleOptions } from './fixtures/console.ts';

const onCi = process.env['CI'] !== undefined;
// Each worker has its own virtual display, where no other console takes the focus or the clipboard.
const displays = (process.env['RESET_DESK_DISPLAYS'] ?? '').split(' ');
const ownDisplay = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)] ?? '';
if (ownDisplay !== '') process.env['DISPLAY'] = ownDisplay;

/**
 * End-to-end tests in the real Electron. Every test starts its own console, backend and mail sink, so the projects differ only in the console that
 * they start. A test tagged `@packaged` runs on the packaged one as well.
 */
export default defineConfig<ConsoleOptions>({
  outputDir: '../out/test/e2e',
  reporter: [['list'], ['json', { outputFile: '../out/test/e2e.json' }]],
  fullyParallel: true,
  forbidOnly: onCi,
  // Retried only on CI, where the report then names the test as flaky.
  retries: onCi ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: 'development', testDir: './e2e', use: { build: 'development' } },
    { name: 'packaged', testMatch: '{e2e,package}/*.spec.ts', use: { build: 'packaged' }, grep: /@packaged/ },
  ],
});
