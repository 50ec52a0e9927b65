import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const moduleOf = JSON.stringify(new URL('young-heap.ts', import.meta.url).href);

/** Kibibytes of V8's young heap after a process has made some tens of megabytes of objects that stay. */
const youngHeapAfter = (first: string): number => {
  const code = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { keepYoungHeapSmall } from ${moduleOf};
    ${first}
    const kept = Array.from({ length: 400_000 }, (_none, at) => ({ at, name: 'object ' + at }));
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    console.log(kept.length && young.space_size / 1024);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }));
};

describe('the young heap of a process that starts', () => {
  it('keeps its first size, and the process can still end', () => {
    expect(youngHeapAfter('keepYoungHeapSmall();')).toBeLessThan(youngHeapAfter('') / 4);
  });
});
