import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file in a package with the licences of its contents; build/packages/bill-of-materials.ts writes it. */
const licencesFile = 'third-party-licences.txt';

/** Reads the licences from a package's resources folder; null if it has none, as in a console that runs from its sources. */
export async function readLicences(resources: string): Promise<string | null> {
  try {
    return await readFile(join(resources, licencesFile), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
