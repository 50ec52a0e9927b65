import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles, root } from './generated-files.ts';

for (const [path, text] of await generatedFiles()) {
  const file = new URL(path, root).pathname;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
