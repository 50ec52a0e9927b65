import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a package keeps the licences of what it contains; build/packages/bill-of-materials.ts writes it. */
const licencesFile = 'third-party-licences.txt';

/** The licences in a package's folder of resources; null where there are none, as in a console that runs from its sources. */
export async function readLicences(resources: string): Promise<string | null> {
  return readFile(join(resources, licencesFile), 'utf8').catch(() => null);
}
