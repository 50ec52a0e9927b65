import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import type { Part } from './layers.ts';

type ForbiddenRule = NonNullable<IFlattenedRuleSet['forbidden']>[number];

const isTest = String.raw`(\.test\.tsx?|-for-test\.tsx?)$`;
const anyOf = (names: readonly string[]): string => `(${names.join('|')})`;
const escaped = (path: string): string => path.replaceAll('.', String.raw`\.`);

/** The rules of one part: its wings from top to bottom, its entry points, and the parts that it may import. */
function rulesOf(part: Part, all: readonly Part[]): ForbiddenRule[] {
  const wings = part.rows.flat().map(({ name }) => name);
  const rules = part.rows.flatMap((row, place): ForbiddenRule[] =>
    row.map(({ name }) => {
      const below = part.rows.slice(place + 1).flatMap((lower) => lower.map((each) => each.name));
      const list = below.length === 0 ? 'none' : below.join(', ');
      return {
        name: `wing ${part.name}/${name}`,
        severity: 'error',
        comment: `${part.name}/${name} may import only the wings below it (${list}). Move the code to the wing that owns it, or hand it in from above. The order is in build/layers/layers.ts.`,
        from: { path: `^${part.name}/${name}/`, pathNot: isTest },
        to: {
          path: `^${part.name}/`,
          pathNot: [
            `^${part.name}/${anyOf([name, ...below])}/`,
            ...part.base.map((file) => `^${part.name}/${escaped(file)}$`),
          ],
        },
      };
    }),
  );
  const foreign = all
    .map(({ name }) => name)
    .filter((name) => name !== part.name && !part.imports.includes(name));
  return [
    ...rules,
    {
      name: `folder of ${part.name}`,
      severity: 'error',
      comment: `Every folder of ${part.name} is a wing: give it a row in build/layers/layers.ts, or move it into a wing.`,
      from: { path: `^${part.name}/[^/]+/`, pathNot: `^${part.name}/${anyOf(wings)}/` },
      to: {},
    },
    {
      name: `part ${part.name}`,
      severity: 'error',
      comment: `${part.name} may import ${part.imports.length === 0 ? 'no other part' : part.imports.join(', ')}.`,
      from: { path: `^${part.name}/`, pathNot: isTest },
      to: { path: `^${anyOf(foreign)}/` },
    },
  ];
}

/** Folders that import each other; type imports count, tests do not. */
const noFolderCircle: ForbiddenRule = {
  name: 'no circle of folders',
  severity: 'error',
  scope: 'folder',
  comment: 'These folders import each other, so neither can be read alone. Move what both need below both.',
  from: {},
  to: { circular: true },
};

export interface Violation {
  readonly rule: string;
  /** The sentence that says what is wrong and what to do. */
  readonly message: string;
}

export interface LayersReport {
  readonly violations: readonly Violation[];
  readonly modules: number;
}

/**
 * Holds the imports of the parts under `root` against the order of their wings. Throws when the sources cannot be read.
 */
export async function checkLayers(root: string, parts: readonly Part[]): Promise<LayersReport> {
  const { output } = await cruise(
    parts.map(({ name }) => name),
    {
      baseDir: root,
      parser: 'swc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: `${isTest}|(^|/)node_modules/` },
      validate: true,
      ruleSet: { forbidden: [...parts.flatMap((part) => rulesOf(part, parts)), noFolderCircle] },
    },
  );
  const { summary } = output as ICruiseResult;
  const comments = new Map(
    (summary.ruleSetUsed?.forbidden ?? []).map(({ name = '', comment = '' }) => [name, comment]),
  );
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to, cycle }) => ({
      rule: rule.name,
      message: `${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → ')}\n  ${comments.get(rule.name) ?? ''}`,
    })),
  };
}
