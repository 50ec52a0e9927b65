import { expect, test } from 'vitest';
import { architecturePage, withDrawing } from './draw-layers.ts';

const folded = (markdown: string): string => markdown.replaceAll(/[ -]+/g, ' ');

test('docs/architecture.md shows the order that is enforced (otherwise: node build/layers/draw-layers.ts)', () => {
  const page = architecturePage();
  // Prettier aligns the tables' columns.
  expect(folded(page)).toBe(folded(withDrawing(page)));
});
