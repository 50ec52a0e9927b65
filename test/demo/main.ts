import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createShow } from './demo-console.ts';
import { playFourEyes } from './four-eyes.ts';
import { playMainJob } from './main-job.ts';

const out = join(new URL('../..', import.meta.url).pathname, 'out', 'demo');

/** Plays the main job and four eyes with the sample accounts: numbered pictures, light and dark, with captions. */
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const transcript: string[] = ['# What was done', ''];
const show = createShow(out, (line) => transcript.push(line));
try {
  transcript.push('', await playMainJob(show), '');
  await playFourEyes(show);
} finally {
  await writeFile(join(out, 'transcript.md'), `${transcript.join('\n')}\n`);
}
console.log(`Pictures and transcript: ${out}`);
