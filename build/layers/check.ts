import { fileURLToPath } from 'node:url';
import { checkLayers } from './check-layers.ts';
import { parts } from './layers.ts';

const { violations, modules } = await checkLayers(fileURLToPath(new URL('../..', import.meta.url)), parts);
for (const { rule, message } of violations) console.error(`${rule}: ${message}`);
console.log(
  violations.length === 0
    ? `${modules} modules keep the order of the wings; no folders import each other in a circle.`
    : `${violations.length} imports break the order of the wings.`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
