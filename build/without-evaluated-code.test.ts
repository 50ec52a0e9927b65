import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import { withoutEvaluation } from './without-evaluated-code.ts';

const file = createRequire(createRequire(import.meta.url).resolve('fastify')).resolve(
  'find-my-way/lib/node.js',
);
const original = readFileSync(file, 'utf8');

interface RouterNode {
  readonly matchPrefix: (path: string, at: number) => boolean;
}
const nodesOf = (code: string) => {
  const module = { exports: {} as { readonly createStaticNode: (prefix: string) => RouterNode } };
  const run = runInThisContext(`(function (module, require) {${code}\n})`) as (...given: unknown[]) => void;
  run(module, createRequire(file));
  return module.exports.createStaticNode;
};

it('compares parts of paths as the router does, without evaluated code', () => {
  const changed = withoutEvaluation(original);
  expect(changed).not.toContain('new Function');
  const [before, after] = [nodesOf(original), nodesOf(changed)];
  for (const prefix of ['a', 'accounts/', 'case', 'a-long-part-of-a-path/'])
    for (const path of ['/accounts/1', '/cases', '/cas', '/a', '/a-long-part-of-a-path/x'])
      // The router has compared the first character.
      for (const at of [0, 1].filter((start) => path[start] === prefix[0]))
        expect(after(prefix).matchPrefix(path, at)).toBe(before(prefix).matchPrefix(path, at));
});

it('fails where the router no longer evaluates code as it did', () => {
  expect(() => withoutEvaluation('return 1')).toThrow('no longer evaluates');
});
