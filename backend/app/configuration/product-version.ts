import { readFileSync } from 'node:fs';

/** Written in by the build, where no package.json lies beside the bundle. */
declare const PRODUCT_VERSION: string | undefined;

/** The product's version, as package.json has it. */
export const productVersion: string =
  typeof PRODUCT_VERSION === 'string'
    ? PRODUCT_VERSION
    : (
        JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
          version: string;
        }
      ).version;
