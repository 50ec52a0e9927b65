import { readFileSync } from 'node:fs';

/** Defined by the build, because a bundle has no package.json beside it. */
declare const PRODUCT_VERSION: string | undefined;

/** The version in package.json. */
export const productVersion: string =
  typeof PRODUCT_VERSION === 'string'
    ? PRODUCT_VERSION
    : (
        JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
          version: string;
        }
      ).version;
