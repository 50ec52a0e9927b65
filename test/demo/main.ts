import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playedDirectories } from '../directories/played-directories.ts';
import { createShow } from './demo-console.ts';
import { playDirectoryJob } from './directory-job.ts';
import { playFourEyes } from './four-eyes.ts';
import { playMainJob } from './main-job.ts';

const out = join(fileURLToPath(new URL('../..', import.meta.url)), 'out', 'demo');

/** The directory that `--directory KIND` names, a real one; null for the sample accounts. */
function chosenDirectory() {
  const at = process.argv.indexOf('--directory');
  if (at < 0) return null;
  const start = Object.entries(playedDirectories).find(([kind]) => kind === process.argv[at + 1])?.[1];
  if (start === undefined)
    throw new Error(`--directory takes one of: ${Object.keys(playedDirectories).join(', ')}`);
  return start;
}

/**
 * Plays the main job and four eyes with the sample accounts, or the main job in a real directory: numbered pictures, light and dark, and what was done at
 * each.
 */
const start = chosenDirectory();
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const transcript: string[] = ['# What was done', ''];
const show = createShow(out, (line) => transcript.push(line));
try {
  transcript.push('', await (start === null ? playMainJob(show) : playDirectoryJob(show, start)), '');
  if (start === null) await playFourEyes(show);
} finally {
  await writeFile(join(out, 'transcript.md'), `${transcript.join('\n')}\n`);
}
console.log(`Pictures and transcript: ${out}`);
