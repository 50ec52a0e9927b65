import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import { Resvg } from '@resvg/resvg-js';
import { product } from './identity.ts';

const source = fileURLToPath(new URL('../icons/icon.svg', import.meta.url));

/** The types and pixel sizes of the icons in an `.icns` file. */
const icnsTypes: readonly (readonly [number, readonly string[]])[] = [
  [16, ['ic04']],
  [32, ['ic05', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
];

/** Paths of the generated icons. */
export interface Icons {
  readonly svg: string;
  /** A folder with a `SIZExSIZE.png` for each size in Linux packages. */
  readonly folder: string;
  readonly ico: string;
  readonly icns: string;
}

/** Draws the icon from its SVG in every size and format that packages need. Each size is rendered separately. */
export async function drawIcons(folder: string): Promise<Icons> {
  mkdirSync(folder, { recursive: true });
  const svg = readFileSync(source);
  const drawn = new Map<number, Uint8Array>();
  const draw = (pixels: number): Uint8Array => {
    const before = drawn.get(pixels);
    if (before !== undefined) return before;
    const png = new Resvg(svg, { fitTo: { mode: 'width', value: pixels } }).render().asPng();
    drawn.set(pixels, png);
    return png;
  };
  for (const pixels of product.linux.iconSizes)
    writeFileSync(join(folder, `${pixels}x${pixels}.png`), draw(pixels));
  const ico = new IconIco();
  for (const pixels of product.windows.iconSizes) await ico.addFromPng(draw(pixels), pixels === 256);
  const icns = new IconIcns();
  for (const [pixels, types] of icnsTypes) await icns.addFromPng(draw(pixels), types);
  const paths = { svg: source, folder, ico: join(folder, 'icon.ico'), icns: join(folder, 'icon.icns') };
  writeFileSync(paths.ico, ico.encode());
  writeFileSync(paths.icns, icns.encode());
  return paths;
}
