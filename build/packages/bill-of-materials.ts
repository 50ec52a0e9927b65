import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages, bundledParts, type BundledPart } from '../bundled-modules.ts';
import { product } from './identity.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A third-party component in a package. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression in the component's `package.json`. */
  readonly licence: string;
  /** The texts of its licence and notice files. */
  readonly texts: readonly string[];
}

/** Licences that components may have. A component with another licence needs a decision before it is added. */
const acceptedLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
]);

/** Whether an SPDX expression can be satisfied by accepted licences alone. */
export function isAccepted(licence: string): boolean {
  const plain = licence.replaceAll(/[()]/g, '');
  return plain
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => acceptedLicences.has(part.trim())));
}

/** Licences of components whose `package.json` names none, identified from their licence file. */
const licencesByFile: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly licenses?: readonly { readonly type: string }[];
}

function componentIn(folder: string): Component {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, licenses } = manifest;
  const licence =
    (typeof license === 'string' ? license : license?.type) ??
    licenses?.map(({ type }) => type).join(' OR ') ??
    licencesByFile[name] ??
    '';
  const files = readdirSync(folder).filter(
    (file) => /^(?:licen[cs]e|copying|notice)/i.test(file) && statSync(join(folder, file)).isFile(),
  );
  return {
    name,
    version,
    licence,
    texts: files.map((file) => readFileSync(join(folder, file), 'utf8').trim()),
  };
}

/** The packages in a list of files below `node_modules/`. */
const modulesAmong = (files: readonly string[]): readonly string[] => [
  ...new Set(files.flatMap((file) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.slice(1, 2) ?? [])),
];

/**
 * The components of an application: those in the bundles, the native modules among the archive's files, and Electron. `archive` lists the files in
 * `app.asar`, or those beside a bundle that plain Node runs. `modules` is the folder whose node_modules they come from.
 */
export function componentsOf(
  archive: readonly string[],
  parts: readonly BundledPart[] = bundledParts,
  modules: string = root,
): readonly Component[] {
  const folders = new Set([...bundledPackages(parts), ...modulesAmong(archive)]);
  return [...folders]
    .toSorted()
    .map((folder) => componentIn(join(existsSync(join(modules, folder)) ? modules : root, folder)));
}

/** Throws if a component has a licence that is not accepted. */
export function refuseLicences(components: readonly Component[]): void {
  const refused = components.filter(({ licence }) => !isAccepted(licence));
  if (refused.length > 0)
    throw new Error(
      `Not on the list of accepted licences (build/packages/bill-of-materials.ts): ${refused.map(({ name, licence }) => `${name} (${licence || 'none'})`).join(', ')}`,
    );
}

const packageUrl = (name: string, version: string): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** The bill of materials in CycloneDX 1.6. It contains no time and no random number, so that identical sources give an identical file. */
function cycloneDx(components: readonly Component[], electron: string | null): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': product.id,
        name: product.name,
        version: product.version,
      },
    },
    components: [
      ...(electron === null
        ? []
        : [
            {
              type: 'framework',
              'bom-ref': packageUrl('electron', electron),
              name: 'electron',
              version: electron,
              purl: packageUrl('electron', electron),
              licenses: [{ license: { id: 'MIT' } }],
            },
          ]),
      ...components.map(({ name, version, licence }) => ({
        type: 'library',
        'bom-ref': packageUrl(name, version),
        name,
        version,
        purl: packageUrl(name, version),
        licenses: [/ (?:OR|AND) /.test(licence) ? { expression: licence } : { license: { id: licence } }],
      })),
    ],
  };
}

/** The names of the files in a package's `resources`. */
export const materialFiles = { bill: 'sbom.cdx.json', licences: 'third-party-licences.txt' } as const;

/** Writes the bill of materials and the licence texts into a folder. `electron` is its version, or null for a package without Electron. */
export function writeMaterials(
  folder: string,
  components: readonly Component[],
  electron: string | null,
): void {
  writeFileSync(
    join(folder, materialFiles.bill),
    `${JSON.stringify(cycloneDx(components, electron), null, 2)}\n`,
  );
  const texts = components.map(({ name, version, licence, texts: files }) =>
    [`${name} ${version} (${licence})`, '-'.repeat(72), ...files, ''].join('\n'),
  );
  writeFileSync(
    join(folder, materialFiles.licences),
    [
      `Components of ${product.name} ${product.version}.`,
      ...(electron === null
        ? []
        : ['Electron and Chromium: LICENSE.electron.txt and LICENSES.chromium.html.']),
      // A table in a source file, which no package of node_modules has.
      'The forms of Chinese characters in the search are derived from Open Chinese Convert 1.4.2 (Apache-2.0, https://github.com/BYVoid/OpenCC).',
      '',
      ...texts,
    ].join('\n'),
  );
}
