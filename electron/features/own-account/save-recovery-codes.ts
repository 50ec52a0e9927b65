import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ConsoleFailure } from '../../failure/console-failure.ts';

/** Writes recovery codes to a file that its owner alone can read, where the operator says; null when they said nowhere. */
export const createSaveRecoveryCodes =
  (chooseTarget: (suggested: string) => Promise<string | null>) =>
  async ({ recoveryCodes }: { readonly recoveryCodes: readonly string[] }): Promise<string | null> => {
    const target = await chooseTarget('reset-desk-recovery-codes.txt');
    if (target === null) return null;
    const text = ['Reset Desk recovery codes. Each is good once.', '', ...recoveryCodes, ''].join('\n');
    try {
      await writeFile(target, text, { mode: 0o600 });
    } catch {
      throw new ConsoleFailure('file.unwritable');
    }
    return basename(target);
  };
