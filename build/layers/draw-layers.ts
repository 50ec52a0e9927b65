import { readFileSync, writeFileSync } from 'node:fs';
import { parts, type Part } from './layers.ts';

const page = new URL('../../docs/architecture.md', import.meta.url);
const start = '<!-- wings: drawn from build/layers/layers.ts by build/layers/draw-layers.ts -->';
const end = '<!-- /wings -->';

function diagramOf({ name, rows }: Part): string {
  const boxes = rows.map((row, place) => `  ${name}${place}["${row.map((wing) => wing.name).join(' · ')}"]`);
  const arrows = rows.slice(1).map((_, place) => `  ${name}${place} --> ${name}${place + 1}`);
  return ['```mermaid', 'flowchart TB', ...boxes, ...arrows, '```'].join('\n');
}

const tableOf = ({ rows }: Part): string =>
  [
    '| wing | contents |',
    '| --- | --- |',
    ...rows.flat().map(({ name, holds }) => `| \`${name}/\` | ${holds} |`),
  ].join('\n');

/** The wings of all parts in their order, as Markdown with Mermaid. */
const drawn = (): string =>
  parts.map((part) => `### ${part.name}\n\n${diagramOf(part)}\n\n${tableOf(part)}`).join('\n\n');

/** Returns the page with a new drawing. Throws if the page has lost its markers. */
export function withDrawing(text: string): string {
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error('docs/architecture.md has lost the markers of its drawing');
  return `${before}${start}\n\n${drawn()}\n\n${end}${after}`;
}

export const architecturePage = (): string => readFileSync(page, 'utf8');

if (import.meta.main) writeFileSync(page, withDrawing(architecturePage()));
