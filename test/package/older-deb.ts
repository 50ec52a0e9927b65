import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawIcons } from '../../build/packages/icons.ts';
import { product } from '../../build/packages/identity.ts';
import { buildDeb } from '../../build/packages/linux/deb.ts';
import { linkApplication } from '../../build/packages/linux/tree.ts';
import { packageFolder } from './packages.ts';

/** What an older version has besides the files of this one, and lacks. */
export interface OlderDeb {
  readonly file: string;
  /** The path of an installed file, alone in its folder, that this version no longer has. */
  readonly droppedFile: string;
  /** The name of the migration of the database that it does not know. */
  readonly unknownMigration: string;
}

/** Replaces a text that is in the archive once by another one of as many characters, so that no other bytes move. Throws if it is not there once. */
function replaceOnce(archive: Buffer, text: string, by: string): void {
  const at = archive.indexOf(text);
  if (at < 0 || archive.includes(text, at + 1)) throw new Error(`${text} is not in the archive once.`);
  if (text.length !== by.length) throw new Error(`${by} is not as long as ${text}.`);
  archive.write(by, at, 'latin1');
}

/**
 * Builds the package of an older version by the product's own build: the same application, which names the older version, does not know the newest
 * migration of the database, and has a file more. If the code should come to need its newest migration, leave out what needs it as well.
 */
export async function buildOlderDeb(version: string, out: string): Promise<OlderDeb> {
  const application = join(out, 'application');
  await linkApplication(join(packageFolder, 'linux-unpacked'), application);
  const file = join(application, 'resources', 'app.asar');
  const archive = readFileSync(file);
  const keys = archive.toString('latin1').matchAll(/"(\d{4}-[a-z-]+)": (?:\{ async up|\w+[,\n])/g);
  const unknownMigration = [...keys]
    .map(([, name = '']) => name)
    // The package's database is SQLite.
    .filter((name) => !name.includes('-postgresql-'))
    .toSorted()
    .at(-1);
  if (unknownMigration === undefined) throw new Error('The archive has no migrations.');
  const key = `"${unknownMigration}": `;
  // As its prototype, the value is not an entry of the object that lists the migrations.
  replaceOnce(archive, key, '"__proto__":'.padEnd(key.length));
  replaceOnce(archive, `productVersion = "${product.version}"`, `productVersion = "${version}"`);
  // The linked file belongs to the newer application, too.
  rmSync(file);
  writeFileSync(file, archive);
  const dropped = ['resources', 'dropped-since', 'notes.txt'] as const;
  mkdirSync(join(application, dropped[0], dropped[1]));
  writeFileSync(join(application, ...dropped), `A file of version ${version}.\n`);
  return {
    file: await buildDeb(
      { application, icons: await drawIcons(join(out, 'icons')), version, date: new Date(0) },
      'x64',
      'fast',
      out,
    ),
    droppedFile: join(product.linux.folder, ...dropped),
    unknownMigration,
  };
}
