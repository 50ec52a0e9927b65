import type { ExternalDirectory } from './external-directory.ts';

/** An external directory that an administrator configured. */
export interface ConfiguredDirectory {
  readonly id: string;
  readonly name: string;
  readonly external: ExternalDirectory;
}
